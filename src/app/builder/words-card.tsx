import { ChevronDown } from 'lucide-react'
import { useId } from 'react'
import { CollectionTile } from '../components/collection-icon.tsx'
import { TextField } from '../components/field.tsx'
import fieldCss from '../components/field.module.css'
import { collectionIcons } from '../data/collection-icon.ts'
import type { CollectionDefinition } from '../data/definition.ts'
import { useMessages } from '../messages/messages.tsx'
import css from './words-card.module.css'

type Words = Pick<CollectionDefinition, 'name' | 'one' | 'many' | 'icon'>

/** What a collection and its things are called, and its picture; folded away until somebody wants it. */
export const WordsCard = ({
  words,
  onChange,
}: {
  readonly words: Words
  readonly onChange: (change: Partial<Words>) => void
}) => {
  const t = useMessages().collections
  const name = useId()
  return (
    <details className={css.card}>
      <summary className={css.summary}>
        <CollectionTile icon={words.icon} size={34} />
        {t.builder.words}
        <ChevronDown size={20} aria-hidden />
      </summary>
      <div className={css.body}>
        <TextField
          label={t.builder.one}
          hint={t.builder.oneHint(words.one)}
          value={words.one}
          maxLength={60}
          onChange={(event) => onChange({ one: event.target.value })}
        />
        <TextField
          label={t.builder.many}
          value={words.many}
          maxLength={60}
          onChange={(event) => onChange({ many: event.target.value })}
        />
        <fieldset>
          <legend className={fieldCss.label}>{t.builder.icon}</legend>
          <div className={css.icons}>
            {collectionIcons.map((icon) => (
              <label key={icon} className={css.pick}>
                <input
                  type="radio"
                  name={name}
                  aria-label={t.icons[icon]}
                  checked={icon === words.icon}
                  onChange={() => onChange({ icon })}
                />
                <CollectionTile icon={icon} size={48} />
              </label>
            ))}
          </div>
        </fieldset>
      </div>
    </details>
  )
}
