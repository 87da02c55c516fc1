import { Copy, Image, Link, Share2 } from 'lucide-react'
import { type ClipboardEvent, type FormEvent, useRef, useState } from 'react'
import type { ShownCode } from '../../sdk/meet.ts'
import { Button } from '../components/button.tsx'
import { TextArea } from '../components/field.tsx'
import { useMessages } from '../messages/messages.tsx'
import { toast } from '../state/toasts.ts'
import css from './meet.module.css'
import type { Take } from './other-code.tsx'
import { readQrInFile } from './read-qr.ts'

/** Our code to be sent or copied. */
export const SendCode = ({ code }: { readonly code: ShownCode }) => {
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
  return (
    <>
      <div className={css.actions}>
        {'share' in navigator && (
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
      <p className={css.quiet}>{say.once}</p>
    </>
  )
}

/** Takes the other's code as link or text, or in a picture that is chosen or pasted. */
export const TakeCode = ({ take }: { readonly take: Take }) => {
  const say = useMessages().meet.other
  const [text, setText] = useState('')
  const [error, setError] = useState<string>()
  const picker = useRef<HTMLInputElement>(null)

  const takePicture = async (file: Blob | undefined): Promise<void> => {
    if (!file) return
    const found = await readQrInFile(file)
    setError(found === undefined ? say.noneInPicture : take(found))
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    setError(take(text))
  }
  const paste = (event: ClipboardEvent): void => {
    const picture = [...event.clipboardData.files].find(({ type }) => type.startsWith('image/'))
    if (!picture) return
    event.preventDefault()
    void takePicture(picture)
  }
  return (
    <form className={css.form} onSubmit={submit}>
      <TextArea
        label={say.paste}
        hint={say.pasteHint}
        error={error}
        rows={3}
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onPaste={paste}
      />
      <div className={css.actions}>
        <Button type="submit" tone="primary" disabled={text.trim() === ''}>
          {say.take}
        </Button>
        <Button icon={<Image size={20} aria-hidden />} onClick={() => picker.current?.click()}>
          {say.choose}
        </Button>
      </div>
      <input
        ref={picker}
        type="file"
        accept="image/*"
        hidden
        onChange={(event) => {
          void takePicture(event.target.files?.[0])
          event.target.value = ''
        }}
      />
    </form>
  )
}
