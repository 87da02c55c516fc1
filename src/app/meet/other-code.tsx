import { Image } from 'lucide-react'
import { type ClipboardEvent, type FormEvent, useRef, useState } from 'react'
import { Button } from '../components/button.tsx'
import { TextArea } from '../components/field.tsx'
import { useMessages } from '../messages/messages.tsx'
import { CameraView } from './camera-view.tsx'
import css from './meet.module.css'
import { readQrInFile } from './read-qr.ts'
import type { useCamera } from './use-camera.ts'

/** Takes the other's code: through the camera, as link or text, or in a picture that is chosen or pasted. */
export const OtherCode = ({
  camera,
  take,
}: {
  readonly camera: ReturnType<typeof useCamera>
  /** Answers what is wrong with the code, if anything is. */
  readonly take: (found: string) => string | undefined
}) => {
  const say = useMessages().meet.other
  const [text, setText] = useState('')
  const [error, setError] = useState<string>()
  const picker = useRef<HTMLInputElement>(null)
  const { stream, trouble } = camera

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
    <section className={css.card} aria-labelledby="meet-other">
      <h2 id="meet-other">{say.title}</h2>
      {stream && (
        <>
          <CameraView stream={stream} onTurn={camera.turn} onFound={(found) => setError(take(found))} />
          <p>{say.looking}</p>
        </>
      )}
      {trouble && <p role="status">{say[trouble]}</p>}
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
    </section>
  )
}
