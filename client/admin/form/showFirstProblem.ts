/** Takes the person to what must be put right: the first field, else what is said above them all. */
export function showFirstProblem(): void {
  requestAnimationFrame(() => {
    const inPanel = (selector: string) => document.querySelector<HTMLElement>(`[role="dialog"] ${selector}`);
    const field = inPanel('[aria-invalid="true"]') ?? inPanel('[data-invalid] button');
    if (field) field.focus();
    else inPanel('[role="alert"]')?.scrollIntoView({ block: 'center' });
  });
}
