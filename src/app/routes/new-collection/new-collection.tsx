import { useState } from 'react'
import { useParams, useSearch } from 'wouter'
import type { DocumentId } from '../../../sdk/index.ts'
import { useNode } from '../../../sdk/react/index.ts'
import { FieldList } from '../../builder/field-list.tsx'
import { WordsCard } from '../../builder/words-card.tsx'
import { Button } from '../../components/button.tsx'
import { TextField } from '../../components/field.tsx'
import { WhoseList } from '../../components/whose-list.tsx'
import { Screen } from '../../components/screen.tsx'
import type { CollectionDefinition } from '../../data/definition.ts'
import { fromTemplate, isTemplateName, type TemplateName } from '../../data/templates.ts'
import { useAnswer } from '../../data/use-answer.ts'
import { createCollection } from '../../data/write-collection.ts'
import { useListWords } from '../../messages/lists.ts'
import { useMessages } from '../../messages/messages.tsx'
import { path, useGo } from '../../paths.ts'
import { toast } from '../../state/toasts.ts'
import { attempt } from '../../state/trouble.ts'
import css from './new-collection.module.css'
import { TemplatePicker } from './template-picker.tsx'

/** Pick a template, change what you like, make it. Two taps where the template fits. */
export const NewCollection = () => {
  const t = useMessages()
  const go = useGo()
  const say = t.collections.create
  const node = useNode()
  const { group: where } = useParams()
  const group = where === 'me' ? undefined : (where as DocumentId)
  const lists = useListWords()
  const { value: refusal } = useAnswer(
    async () => group !== undefined && (await node.canI('authorise', { group })),
    [node, group],
  )
  const mayNot = typeof refusal === 'object'
  const wanted = new URLSearchParams(useSearch()).get('from')
  const [template, setTemplate] = useState<TemplateName>(isTemplateName(wanted) ? wanted : 'observations')
  const [definition, setDefinition] = useState(() => fromTemplate(template, t.templates))
  const [isMaking, setIsMaking] = useState(false)
  const change = (part: Partial<CollectionDefinition>): void => setDefinition((now) => ({ ...now, ...part }))

  const name = definition.name.trim()
  const make = async (): Promise<void> => {
    if (name === '' || isMaking || mayNot) return
    setIsMaking(true)
    const id = await attempt(t, () => createCollection(node, { ...definition, name }, group))
    setIsMaking(false)
    if (id === undefined) return
    toast(say.made(name))
    go(path.collection({ id, group }))
  }
  return (
    <Screen
      title={group === undefined ? say.title : lists.new}
      subtitle={group === undefined ? say.text : lists.newText}
      back={path.collections(group)}
    >
      <WhoseList of={{ group }} />
      <div className={css.columns}>
        <TemplatePicker
          chosen={template}
          onChoose={(next) => {
            setTemplate(next)
            setDefinition(fromTemplate(next, t.templates))
          }}
        />
        <div className={css.making}>
          <TextField
            label={t.collections.builder.name}
            value={definition.name}
            maxLength={80}
            onChange={(event) => change({ name: event.target.value })}
          />
          <WordsCard words={definition} onChange={change} />
          <FieldList fields={definition.fields} saved={[]} onChange={(fields) => change({ fields })} />
          <Button
            tone="primary"
            isLarge
            isWide
            aria-disabled={name === '' || isMaking || mayNot}
            onClick={() => void make()}
          >
            {isMaking ? say.making : say.make(name)}
          </Button>
          {mayNot && <p role="status">{lists.onlyKeepers}</p>}
        </div>
      </div>
    </Screen>
  )
}
