import type { ShownCode } from '../../sdk/meet.ts'
import { useMessages } from '../messages/messages.tsx'
import css from './meet.module.css'
import { QrCode } from './qr-code.tsx'

/** Our code, for the camera of the other device. */
export const OwnCode = ({ code }: { readonly code: ShownCode }) => {
  const say = useMessages().meet.own
  return (
    <section className={css.card} aria-labelledby="meet-own">
      <h2 id="meet-own">{say.title}</h2>
      <QrCode text={code.qr} label={say.picture} />
    </section>
  )
}
