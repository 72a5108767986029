import { ChoiceField, type FieldProps } from '../../ui/workbench/index.ts';
import { useAccess } from '../access.ts';
import { useOptions } from '../api/index.ts';

export interface BrandFieldProps extends FieldProps<string | null> {
  /** Name of choosing none; absent: one must be chosen. */
  readonly noneName?: string;
}

/** Which brand something belongs to. A brand manager has one, so there is nothing to choose. */
export function BrandField(props: BrandFieldProps) {
  const { ownBrandId } = useAccess();
  const { options } = useOptions('brands');
  return ownBrandId === null ? <ChoiceField options={options} {...props} /> : null;
}
