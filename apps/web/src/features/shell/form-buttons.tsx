import { Button } from '@domainflow/ui/primitives/button.tsx';

interface FormButtonsProps {
  onCancel: () => void;
  /** What the form does, as a verb. */
  submit: string;
  isBusy: boolean;
  isDisabled?: boolean;
  /** It cannot be undone. */
  isDanger?: boolean;
  size?: 'sm' | 'md';
}

/** The end of a form that can be left: cancel, and what it does. */
export function FormButtons(props: FormButtonsProps) {
  const { onCancel, submit, isBusy, isDisabled = false, isDanger = false, size = 'md' } = props;
  return (
    <div className="flex flex-wrap justify-end gap-2">
      <Button size={size} onClick={onCancel}>
        Cancel
      </Button>
      <Button
        type="submit"
        size={size}
        look={isDanger ? 'danger' : 'primary'}
        disabled={isDisabled}
        busy={isBusy}
      >
        {submit}
      </Button>
    </div>
  );
}
