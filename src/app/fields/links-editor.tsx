import { Link2, X } from 'lucide-react'
import { useState } from 'react'
import { IconButton } from '../components/button.tsx'
import { Button } from '../components/button.tsx'
import { readLinks } from '../data/field-kind.ts'
import { useCollections } from '../data/use-collections.tsx'
import { useMessages } from '../messages/messages.tsx'
import { type EditorProps, Group } from './editor-group.tsx'
import css from './fields.module.css'
import { LinkChip } from './link-chip.tsx'
import { PickThing } from './pick-thing.tsx'

/** The things a thing is linked to. `exact` links name a view of them: they stay as they were when linked. */
export const LinksEditor = ({ field, values, onChange, error, isBare }: EditorProps) => {
  const t = useMessages()
  const [isPicking, setIsPicking] = useState(false)
  const target = useCollections().collections.find(({ versions }) => versions.some(({ id }) => id === field.target))
  const links = readLinks(values[field.name])
  const set = (next: readonly string[]): void => onChange({ [field.name]: next })
  const isExact = field.kind === 'exact'
  return (
    <Group field={field} isBare={isBare} error={error}>
      {links.length > 0 && (
        <ul className={css.chips}>
          {links.map((link) => (
            <li key={link} className={css.removable}>
              <LinkChip link={link} isExact={isExact} isStill />
              <IconButton label={t.form.links.remove} onClick={() => set(links.filter((other) => other !== link))}>
                <X size={18} aria-hidden />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
      {target === undefined ? (
        <p className={css.note}>{t.form.links.nowhere}</p>
      ) : (
        <Button tone="outline" icon={<Link2 size={20} aria-hidden />} onClick={() => setIsPicking(true)}>
          {links.length > 0 && field.kind === 'link' ? t.form.links.another : t.form.links.pick(target.one)}
        </Button>
      )}
      {isPicking && target !== undefined && (
        <PickThing
          collection={target}
          onClose={() => setIsPicking(false)}
          onPick={({ id, viewId }) => {
            const link = isExact ? viewId : id
            set(field.kind === 'link' ? [link] : [...new Set([...links, link])])
            setIsPicking(false)
          }}
        />
      )}
    </Group>
  )
}
