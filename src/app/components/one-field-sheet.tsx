import type { ComponentProps, FormEvent, ReactNode } from 'react'
import { useMessages } from '../messages/messages.tsx'
import { Button } from './button.tsx'
import { TextField } from './field.tsx'
import css from './one-field-sheet.module.css'
import { Sheet } from './sheet.tsx'

/** A sheet for one line of text, which has the focus at once. @param children what stands before it @param composes it is written for others to read */
export const OneFieldSheet = ({
  title,
  saveLabel,
  isBusy = false,
  composes = false,
  onSubmit,
  onClose,
  children,
  ...field
}: Pick<
  ComponentProps<typeof TextField>,
  'label' | 'hint' | 'error' | 'autoComplete' | 'maxLength' | 'value' | 'onChange'
> & {
  readonly title: string
  readonly saveLabel: string
  readonly isBusy?: boolean
  readonly composes?: boolean
  readonly onSubmit: (event: FormEvent) => void
  readonly onClose: () => void
  readonly children?: ReactNode
}) => {
  const t = useMessages()
  return (
    <Sheet title={title} onClose={onClose}>
      <form className={css.form} data-composes={composes || undefined} onSubmit={onSubmit}>
        {children}
        <TextField autoFocus {...field} />
        <div className={css.foot}>
          <Button tone="plain" onClick={onClose}>
            {t.shell.cancel}
          </Button>
          <Button tone="primary" type="submit" aria-disabled={isBusy || undefined}>
            {saveLabel}
          </Button>
        </div>
      </form>
    </Sheet>
  )
}
