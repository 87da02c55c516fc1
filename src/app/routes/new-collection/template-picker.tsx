import { useId } from 'react'
import { CollectionTile } from '../../components/collection-icon.tsx'
import { Heading } from '../../components/screen.tsx'
import { templateIcon, type TemplateName, templateNames } from '../../data/templates.ts'
import { useMessages } from '../../messages/messages.tsx'
import css from './template-picker.module.css'

/** What a collection can start from, as cards; one of them is chosen. */
export const TemplatePicker = ({
  chosen,
  onChoose,
}: {
  readonly chosen: TemplateName
  readonly onChoose: (template: TemplateName) => void
}) => {
  const t = useMessages()
  const name = useId()
  return (
    <section aria-labelledby={`${name}-title`}>
      <Heading id={`${name}-title`}>{t.collections.create.from}</Heading>
      <div className={css.grid} role="radiogroup" aria-labelledby={`${name}-title`}>
        {templateNames.map((template) => (
          <label key={template} className={css.template}>
            <input type="radio" name={name} checked={template === chosen} onChange={() => onChoose(template)} />
            <CollectionTile icon={templateIcon[template]} size={40} isChosen={template === chosen} />
            <span>
              <span className={css.name}>{t.templates[template].name}</span>
              <span className={css.about}>{t.templates[template].about}</span>
            </span>
          </label>
        ))}
      </div>
    </section>
  )
}
