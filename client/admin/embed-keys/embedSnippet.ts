/** How a page signs its visitor in with an embed key (docs/WAYS-IN.md). */
export function embedSnippet(embedKey: string, bridge: string): string {
  return `<script type="module">
  const visitorId = (localStorage.visitorId ??= crypto.randomUUID());
  const answer = await fetch('${bridge}/api/v1/session', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ embedKey: '${embedKey}', visitorId }),
  });
  const { accessToken, callServer } = await answer.json();
</script>`;
}
