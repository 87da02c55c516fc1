import { useEffect, useRef, useState } from 'react'
import { useNode, usePerson } from '../../../sdk/react/index.ts'
import { Button } from '../../components/button.tsx'
import { Sheet } from '../../components/sheet.tsx'
import { removeOwn } from '../../data/identities.ts'
import { exportFile, fileNameFor } from '../../data/save-file.ts'
import { useOnlyHere } from '../../data/use-second-copy.ts'
import { useIdentityWords } from '../../messages/identities.ts'
import { useSpeech } from '../../messages/messages.tsx'
import { useSettings } from '../../state/settings.ts'
import { toast } from '../../state/toasts.ts'
import { attempt } from '../../state/trouble.ts'
import css from './devices.module.css'

/** Being rid of who this tab is: what is lost with it, a copy of it, and two taps. */
export const RemoveIdentity = ({ name, onClose }: { readonly name: string; readonly onClose: () => void }) => {
  const { t, format } = useSpeech()
  const say = useIdentityWords().remove
  const node = useNode()
  const { person } = usePerson()
  const only = useOnlyHere()
  const set = useSettings((settings) => settings.set)
  const [isAsked, setIsAsked] = useState(false)
  const foot = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (isAsked) foot.current?.scrollIntoView({ block: 'end' })
  }, [isAsked])
  const save = async (): Promise<void> => {
    const file = fileNameFor(name)
    const saved = await attempt(t, () => exportFile(node, { all: true }, file))
    if (saved === undefined) return
    set({ exportedAt: saved.startedAt })
    toast(t.you.settings.files.saved(file, format.bytes(saved.bytes)))
  }
  const points = [
    ...(person === undefined ? [] : [person.hasWords ? say.wordsHere : say.wordsPaper]),
    ...(only === undefined ? [] : [say.onlyHere(Math.max(1, only.changed))]),
    say.elsewhere,
    say.groups,
    say.others,
  ]
  return (
    <Sheet title={say.title(name)} onClose={onClose}>
      <section className={css.what} aria-label={say.what}>
        <h3>{say.what}</h3>
        <ul className={css.points}>
          {points.map((point) => (
            <li key={point}>{point}</li>
          ))}
        </ul>
      </section>
      <div ref={foot} className={css.foot}>
        {isAsked ? (
          <>
            <p role="status">{say.sure(name)}</p>
            <Button autoFocus onClick={() => setIsAsked(false)}>
              {say.rather}
            </Button>
            <Button tone="danger" onClick={() => removeOwn(name)}>
              {say.really}
            </Button>
          </>
        ) : (
          <>
            <Button onClick={() => void save()}>{say.copy}</Button>
            <Button tone="danger" onClick={() => setIsAsked(true)}>
              {say.go}
            </Button>
          </>
        )}
      </div>
    </Sheet>
  )
}
