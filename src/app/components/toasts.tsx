import { X } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useMessages } from '../messages/messages.tsx'
import { type Toast, useToasts } from '../state/toasts.ts'
import { classNames } from './class-names.ts'
import css from './toasts.module.css'

/** Where passing messages stand. A live region, so they are read out; a popover, so they stand over open dialogs too. */
export const Toasts = () => {
  const t = useMessages()
  const toasts = useToasts((state) => state.toasts)
  const region = useRef<HTMLElement>(null)
  useEffect(() => {
    const element = region.current
    if (element === null) return
    // Shown anew with each message: the newest popover stands on top.
    if (element.matches(':popover-open')) element.hidePopover()
    if (toasts.length > 0) element.showPopover()
  }, [toasts])
  return (
    <section ref={region} popover="manual" className={css.region} aria-label={t.shell.messages} aria-live="polite">
      {toasts.map((toast) => (
        <ToastCard key={toast.id} toast={toast} />
      ))}
    </section>
  )
}

const ToastCard = ({ toast }: { readonly toast: Toast }) => {
  const t = useMessages()
  const hide = useToasts((state) => state.hide)
  const card = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (toast.isTrouble) return
    let timer = setTimeout(() => hide(toast.id), toast.ms)
    const element = card.current
    // Who points at it or has the focus in it is still reading.
    const wait = (): void => clearTimeout(timer)
    const goOn = (): void => {
      clearTimeout(timer)
      timer = setTimeout(() => hide(toast.id), toast.ms)
    }
    element?.addEventListener('focusin', wait)
    element?.addEventListener('focusout', goOn)
    return () => {
      clearTimeout(timer)
      element?.removeEventListener('focusin', wait)
      element?.removeEventListener('focusout', goOn)
    }
  }, [toast, hide])
  return (
    <div ref={card} className={classNames(css.toast, toast.isTrouble && css.trouble)}>
      <p className={css.text} dir="auto">
        {toast.text}
      </p>
      {toast.action !== undefined && (
        <button
          type="button"
          className={css.action}
          onClick={() => {
            toast.action?.run()
            hide(toast.id)
          }}
        >
          {toast.action.label}
        </button>
      )}
      {(toast.isTrouble || toast.action === undefined) && (
        <button type="button" className={css.action} aria-label={t.shell.close} onClick={() => hide(toast.id)}>
          <X size={18} aria-hidden />
        </button>
      )}
    </div>
  )
}
