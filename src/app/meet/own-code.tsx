import { Copy, Link, Share2 } from 'lucide-react'
import { useState } from 'react'
import type { ShownCode } from '../../sdk/meet.ts'
import { Button } from '../components/button.tsx'
import { TextArea } from '../components/field.tsx'
import { useMessages } from '../messages/messages.tsx'
import { toast } from '../state/toasts.ts'
import css from './meet.module.css'
import { QrCode } from './qr-code.tsx'

/** Our code: to be seen by a camera, sent as a link, or copied. */
export const OwnCode = ({ code }: { readonly code: ShownCode }) => {
  const say = useMessages().meet.own
  const [isByHand, setIsByHand] = useState(false)
  const copy = async (text: string, done: string): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text)
      toast(done)
    } catch {
      setIsByHand(true)
    }
  }
  const canShare = 'share' in navigator
  return (
    <section className={css.card} aria-labelledby="meet-own">
      <h2 id="meet-own">{say.title}</h2>
      <QrCode text={code.qr} label={say.picture} />
      <div className={css.actions}>
        {canShare && (
          <Button
            icon={<Share2 size={20} aria-hidden />}
            // Rejects when the person changes their mind.
            onClick={() => void navigator.share({ url: code.link }).catch(() => undefined)}
          >
            {say.send}
          </Button>
        )}
        <Button icon={<Link size={20} aria-hidden />} onClick={() => void copy(code.link, say.linkCopied)}>
          {say.copyLink}
        </Button>
        <Button icon={<Copy size={20} aria-hidden />} onClick={() => void copy(code.text, say.textCopied)}>
          {say.copyText}
        </Button>
      </div>
      {isByHand && <TextArea label={say.byHand} hint={say.notCopied} readOnly rows={4} value={code.text} />}
      <p className={css.quiet}>
        {say.privacy} {say.once}
      </p>
    </section>
  )
}
