import { AudioLines, Download, FileText, Film, Image, X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useNode } from '../../sdk/react/index.ts'
import { IconButton } from '../components/button.tsx'
import { useSpeech } from '../messages/messages.tsx'
import { attempt } from '../state/trouble.ts'
import { canOpen, endingOf, openFile, saveFile, useBlobInfo } from './blob-info.ts'
import css from './fields.module.css'

/** One file: what it is, how large, open and save. Sound plays where it stands. */
export const FileLine = ({ blob, onRemove }: { readonly blob: string; readonly onRemove?: () => void }) => {
  const { t, format } = useSpeech()
  const say = t.form.files
  const node = useNode()
  const info = useBlobInfo(blob)
  if (info === undefined) return <li className={css.fileLine} />
  if (info === null)
    return (
      <li className={css.fileLine}>
        <FileText size={22} aria-hidden />
        <span className={css.fileName}>{t.form.notHere}</span>
      </li>
    )
  const { mimeType, length, missingPieces } = info
  const name = say.kind(mimeType, endingOf(mimeType))
  const fileName = `takibi-${blob.slice(-8)}.${endingOf(mimeType)}`
  const isSound = mimeType.startsWith('audio/')
  return (
    <li className={css.fileLine}>
      <FileGlyph mimeType={mimeType} />
      <span className={css.fileName}>
        {canOpen(mimeType) && !isSound ? (
          <button
            type="button"
            className={css.fileOpen}
            onClick={() => void attempt(t, () => openFile(node, blob, fileName))}
          >
            {name}
          </button>
        ) : (
          name
        )}
        <small>{missingPieces > 0 ? say.incomplete(missingPieces) : format.bytes(length)}</small>
      </span>
      {isSound && missingPieces === 0 && <Sound blob={blob} label={name} />}
      <IconButton label={say.save(name)} onClick={() => void attempt(t, () => saveFile(node, blob, fileName))}>
        <Download size={20} aria-hidden />
      </IconButton>
      {onRemove !== undefined && (
        <IconButton label={t.form.remove(name)} onClick={onRemove}>
          <X size={20} aria-hidden />
        </IconButton>
      )}
    </li>
  )
}

const FileGlyph = ({ mimeType }: { readonly mimeType: string }) => {
  const Drawing = mimeType.startsWith('audio/')
    ? AudioLines
    : mimeType.startsWith('image/')
      ? Image
      : mimeType.startsWith('video/')
        ? Film
        : FileText
  return <Drawing size={22} strokeWidth={1.8} aria-hidden />
}

/** The sound is read when it is to be played, not before. */
const Sound = ({ blob, label }: { readonly blob: string; readonly label: string }) => {
  const { t } = useSpeech()
  const node = useNode()
  const [url, setUrl] = useState<string>()
  useEffect(() => () => URL.revokeObjectURL(url ?? ''), [url])
  if (url !== undefined)
    // Recorded speech has no captions; its words can stand in a text field beside it.
    return <audio className={css.sound} src={url} controls autoPlay aria-label={label} />
  const play = async (): Promise<void> => {
    const file = await attempt(t, () => node.blobs.file(blob))
    if (file !== undefined) setUrl(URL.createObjectURL(file))
  }
  return (
    <button type="button" className={css.play} onClick={() => void play()}>
      {t.form.files.play}
    </button>
  )
}
