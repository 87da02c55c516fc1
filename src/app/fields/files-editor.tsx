import { Camera, FileText, Images, Paperclip, X } from 'lucide-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { classNames } from '../components/class-names.ts'
import { readLinks } from '../data/field-kind.ts'
import { useSpeech } from '../messages/messages.tsx'
import { type EditorProps, Group } from './editor-group.tsx'
import css from './fields.module.css'
import { FileLine } from './file-line.tsx'
import { Picture } from './picture.tsx'
import { type Upload, useUploads } from './uploads.ts'
import { canRecord, VoiceRecorder } from './voice-recorder.tsx'

const hasCamera = (): boolean => matchMedia('(pointer: coarse)').matches

/** Photos, files or voice notes of a thing. Each is stored as soon as it is picked; the thing names it when it is saved. */
export const FilesEditor = ({ field, values, onChange, error, isBare }: EditorProps) => {
  const { t } = useSpeech()
  const say = t.form.files
  const blobs = readLinks(values[field.name])
  // Several files may be stored before the next drawing.
  const latest = useRef(blobs)
  useEffect(() => {
    latest.current = blobs
  })
  const [plain, setPlain] = useState<readonly string[]>([])
  const set = (next: readonly string[]): void => {
    latest.current = next
    onChange({ [field.name]: next })
  }
  const { uploads, add } = useUploads(
    t,
    (blob) => set([...new Set([...latest.current, blob])]),
    (name) => setPlain((now) => [...now, name]),
  )
  const isPhoto = field.kind === 'photo'
  const isVoice = field.kind === 'voice'
  const remove = (blob: string): void => set(latest.current.filter((other) => other !== blob))
  const pick = (files: FileList | null): void => add([...(files ?? [])], isPhoto)

  return (
    <Group field={field} isBare={isBare} error={error}>
      {isPhoto ? (
        <ul className={css.tiles}>
          {blobs.map((blob, at) => (
            <li key={blob} className={css.tile}>
              <Picture blob={blob} edge={240} alt={say.photo(at + 1)} className={css.tilePicture} />
              <RemoveButton label={say.removePhoto(at + 1)} onClick={() => remove(blob)} />
            </li>
          ))}
          {uploads.map((upload) => (
            <li key={upload.key} className={css.tile}>
              {upload.preview !== undefined && <img src={upload.preview} alt="" className={css.tilePicture} />}
              <Progress upload={upload} />
            </li>
          ))}
          {hasCamera() && (
            <PickTile
              label={say.camera}
              accept="image/*"
              isCamera
              onPick={pick}
              icon={<Camera size={24} aria-hidden />}
            />
          )}
          <PickTile
            label={hasCamera() ? say.gallery : say.addPhotos}
            accept="image/*"
            isMany
            onPick={pick}
            icon={<Images size={24} aria-hidden />}
          />
        </ul>
      ) : (
        <>
          <ul className={css.fileList}>
            {blobs.map((blob) => (
              <FileLine key={blob} blob={blob} onRemove={() => remove(blob)} />
            ))}
            {uploads.map((upload) => (
              <li key={upload.key} className={css.fileLine}>
                <FileText size={22} aria-hidden />
                <Progress upload={upload} isLine />
              </li>
            ))}
          </ul>
          <div className={css.options}>
            {isVoice && canRecord() && <VoiceRecorder onRecorded={(file) => add([file], false)} />}
            <PickButton
              label={isVoice ? say.addSound : say.addFile}
              accept={isVoice ? 'audio/*' : ''}
              onPick={pick}
              icon={<Paperclip size={20} aria-hidden />}
            />
          </div>
        </>
      )}
      {plain.map((name) => (
        <p key={name} className={css.note} role="status">
          {say.plain(name)}
        </p>
      ))}
    </Group>
  )
}

const RemoveButton = ({ label, onClick }: { readonly label: string; readonly onClick: () => void }) => (
  <button type="button" className={css.tileRemove} aria-label={label} title={label} onClick={onClick}>
    <X size={18} aria-hidden />
  </button>
)

const Progress = ({ upload, isLine = false }: { readonly upload: Upload; readonly isLine?: boolean }) => {
  const { t, format } = useSpeech()
  const say = t.form.files
  const share = upload.size === 0 ? 0 : Math.min(1, upload.bytes / upload.size)
  return (
    <div className={isLine ? css.lineProgress : css.tileProgress}>
      {isLine && <bdi className={css.fileName}>{upload.name}</bdi>}
      <progress className={css.progress} value={share} aria-label={say.storing(upload.name)} />
      <span className={css.progressText}>
        {isLine ? say.progress(format.bytes(upload.bytes), format.bytes(upload.size)) : format.percent(share)}
      </span>
      <button type="button" className={css.progressCancel} aria-label={say.cancel(upload.name)} onClick={upload.cancel}>
        <X size={18} aria-hidden />
      </button>
    </div>
  )
}

interface Pick {
  readonly label: string
  readonly accept: string
  readonly isMany?: boolean
  readonly isCamera?: boolean
  readonly icon: ReactNode
  readonly onPick: (files: FileList | null) => void
}

const PickInput = ({ accept, isMany = true, isCamera = false, onPick }: Omit<Pick, 'label' | 'icon'>) => (
  <input
    type="file"
    className="visually-hidden"
    accept={accept}
    multiple={isMany && !isCamera}
    {...(isCamera ? { capture: 'environment' as const } : {})}
    onChange={(event) => {
      onPick(event.target.files)
      event.target.value = ''
    }}
  />
)

const PickTile = ({ label, icon, ...input }: Pick) => (
  <li>
    <label className={classNames(css.tile, css.pick)}>
      {icon}
      <span>{label}</span>
      <PickInput {...input} />
    </label>
  </li>
)

const PickButton = ({ label, icon, ...input }: Pick) => (
  <label className={css.pickButton}>
    {icon}
    {label}
    <PickInput {...input} />
  </label>
)
