import { Link, Share2 } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { maxQrCharacters, QrCode } from '../meet/qr-code.tsx'
import { useMessages } from '../messages/messages.tsx'
import { toast } from '../state/toasts.ts'
import { Button } from './button.tsx'
import { TextArea } from './field.tsx'
import css from './hand-link.module.css'

/** A link to be handed to somebody: as a picture for a camera, sent by another app, or copied. */
export const HandLink = ({
  link,
  title,
  children,
}: {
  /** The whole address. */
  readonly link: string
  /** What other apps are told that it is. */
  readonly title: string
  /** Further ways, beside these. */
  readonly children?: ReactNode
}) => {
  const say = useMessages().sync.share
  const [isByHand, setIsByHand] = useState(false)
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(link)
      toast(say.copied)
    } catch {
      setIsByHand(true)
    }
  }
  return (
    <>
      {link.length <= maxQrCharacters && <QrCode text={link} label={say.picture} />}
      <p className={css.link} dir="ltr" translate="no">
        {link}
      </p>
      <div className={css.ways}>
        {'share' in navigator && (
          <Button
            tone="primary"
            icon={<Share2 size={20} aria-hidden />}
            // Rejects when the person changes their mind.
            onClick={() => void navigator.share({ title, url: link }).catch(() => undefined)}
          >
            {say.send}
          </Button>
        )}
        <Button
          tone={'share' in navigator ? 'soft' : 'primary'}
          icon={<Link size={20} aria-hidden />}
          onClick={() => void copy()}
        >
          {say.copy}
        </Button>
        {children}
      </div>
      {isByHand && <TextArea label={say.link} hint={say.notCopied} readOnly rows={4} value={link} />}
    </>
  )
}
