import { X } from 'lucide-react'
import { type ReactNode, useId, useLayoutEffect, useRef } from 'react'
import { useMessages } from '../messages/messages.tsx'
import { IconButton } from './button.tsx'
import css from './sheet.module.css'

/**
 * A native modal dialog: from below on phones, in the middle elsewhere. Escape, the cross and a tap beside it close it; the browser keeps
 * the focus inside and gives it back. Mount it to open it.
 */
export const Sheet = ({
  title,
  onClose,
  children,
  actions,
}: {
  readonly title: string
  readonly onClose: () => void
  readonly children: ReactNode
  readonly actions?: ReactNode
}) => {
  const t = useMessages()
  const id = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  // Closed before React takes it out of the page: a dialog that just vanishes does not give the focus back.
  useLayoutEffect(() => {
    const element = dialog.current
    if (element !== null && !element.open) element.showModal()
    return () => element?.close()
  }, [])
  return (
    <dialog
      ref={dialog}
      className={css.sheet}
      aria-labelledby={id}
      onCancel={(event) => {
        if (event.target !== dialog.current) return
        event.preventDefault()
        onClose()
      }}
      onClick={(event) => {
        if (event.target === dialog.current && isBeside(event.clientX, event.clientY, dialog.current)) onClose()
      }}
    >
      <div className={css.head}>
        <h2 id={id} className={css.title} tabIndex={-1} dir="auto">
          {title}
        </h2>
        <IconButton label={t.shell.close} onClick={onClose}>
          <X size={22} aria-hidden />
        </IconButton>
      </div>
      {children}
      {actions !== undefined && <div className={css.foot}>{actions}</div>}
    </dialog>
  )
}

const isBeside = (x: number, y: number, dialog: HTMLDialogElement): boolean => {
  const box = dialog.getBoundingClientRect()
  return x < box.left || x > box.right || y < box.top || y > box.bottom
}
