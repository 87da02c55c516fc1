import { HardDrive } from 'lucide-react'
import { useNode } from '../../sdk/react/index.ts'
import { exportFile, fileNameFor } from '../data/save-file.ts'
import { useOnlyHere } from '../data/use-second-copy.ts'
import { useSpeech } from '../messages/messages.tsx'
import { path } from '../paths.ts'
import { useNow } from '../state/now.ts'
import { useSettings } from '../state/settings.ts'
import { toast } from '../state/toasts.ts'
import { attempt } from '../state/trouble.ts'
import { Button } from './button.tsx'
import { classNames } from './class-names.ts'
import css from './only-here.module.css'

/** Stays in sight for as long as this browser holds the only copy. */
export const OnlyHere = ({ isSmall = false }: { readonly isSmall?: boolean }) => {
  const { t, format } = useSpeech()
  const node = useNode()
  const only = useOnlyHere()
  const now = useNow()
  const set = useSettings((settings) => settings.set)
  if (only === undefined) return null
  const words = t.start.home.onlyHere
  // Where others have some of it, only the rest would be lost.
  const title = only.isAll ? words.title : t.sync.some.title(Math.max(1, only.changed))
  const since = !only.isAll
    ? t.sync.some.text
    : only.exportedAt === 0
      ? words.text
      : words.since(Math.max(1, only.changed), format.when(only.exportedAt, now))
  const save = async (): Promise<void> => {
    const name = fileNameFor('takibi')
    const saved = await attempt(t, () => exportFile(node, { all: true }, name))
    if (saved === undefined) return
    set({ exportedAt: saved.startedAt })
    toast(t.you.settings.files.saved(name, format.bytes(saved.bytes)))
  }
  return (
    <section className={classNames(css.card, isSmall && css.small)} aria-label={title}>
      <p className={css.title}>
        <HardDrive size={isSmall ? 17 : 20} aria-hidden />
        {title}
      </p>
      {isSmall ? (
        <a className={css.link} href={path.settings('files')}>
          {words.action}
        </a>
      ) : (
        <>
          <p>{since}</p>
          <div className={css.actions}>
            <Button tone="outline" onClick={() => void save()}>
              {words.action}
            </Button>
          </div>
        </>
      )}
    </section>
  )
}

/** The same in two words, for a corner; leads to where copies are made. */
export const OnlyHerePill = ({ className }: { readonly className?: string | undefined }) => {
  const { onlyHere } = useSpeech().t.start.home
  if (useOnlyHere() === undefined) return null
  return (
    <a className={classNames(css.pill, className)} href={path.settings('files')} title={onlyHere.title}>
      <HardDrive size={18} aria-hidden />
      {onlyHere.short}
    </a>
  )
}
