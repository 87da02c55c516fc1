import { useState } from 'react'
import { Button } from '../components/button.tsx'
import { Select, Switch, TextField } from '../components/field.tsx'
import { Sheet } from '../components/sheet.tsx'
import { type Field, type FieldKind, fieldKinds, makeField } from '../data/field-kind.ts'
import { useCollections } from '../data/use-collections.tsx'
import { useMessages } from '../messages/messages.tsx'
import { OptionsEditor } from './options-editor.tsx'

const isLink = (kind: FieldKind): boolean => kind === 'link' || kind === 'links' || kind === 'exact'

/** Everything about one field. The name it is stored under is given later, by whoever saves. */
export const FieldSheet = ({
  field,
  onSave,
  onClose,
}: {
  readonly field: Field | undefined
  readonly onSave: (field: Field) => void
  readonly onClose: () => void
}) => {
  const t = useMessages().collections
  const say = t.field
  const collections = useCollections().collections.filter(({ schema }) => schema !== undefined)
  const [draft, setDraft] = useState(field ?? makeField('', 'text', ''))
  const [isChecked, setIsChecked] = useState(false)
  const change = (part: Partial<Field>): void => setDraft((now) => ({ ...now, ...part }))

  const lacksLabel = draft.label.trim() === ''
  const lacksOptions = draft.kind === 'choice' && draft.options.length === 0
  const lacksTarget = isLink(draft.kind) && draft.target === undefined
  const save = (): void => {
    setIsChecked(true)
    if (!lacksLabel && !lacksOptions && !lacksTarget) onSave({ ...draft, label: draft.label.trim() })
  }
  const kinds = fieldKinds.filter((kind) => !isLink(kind) || collections.length > 0 || kind === draft.kind)
  return (
    <Sheet
      title={field === undefined ? say.newTitle : say.title}
      onClose={onClose}
      actions={
        <Button tone="primary" onClick={save}>
          {field === undefined ? say.add : say.save}
        </Button>
      }
    >
      <TextField
        label={say.label}
        value={draft.label}
        maxLength={80}
        autoFocus={field === undefined}
        {...(isChecked && lacksLabel ? { error: say.labelError } : {})}
        onChange={(event) => change({ label: event.target.value })}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.nativeEvent.isComposing) save()
        }}
      />
      <Select
        label={say.kind}
        hint={say.kindText[draft.kind]}
        value={draft.kind}
        onChange={(event) => {
          const kind = fieldKinds.find((candidate) => candidate === event.target.value) ?? 'text'
          change({ kind, default: undefined, fill: 'none', isWhole: false })
        }}
      >
        {kinds.map((kind) => (
          <option key={kind} value={kind}>
            {t.kindName(kind)}
          </option>
        ))}
      </Select>
      {(draft.kind === 'choice' || draft.kind === 'tags') && (
        <OptionsEditor
          options={draft.options}
          {...(isChecked && lacksOptions ? { error: say.optionsError } : {})}
          onChange={(options) => change({ options })}
        />
      )}
      {isLink(draft.kind) && (
        <Select
          label={say.target}
          value={draft.target ?? ''}
          {...(isChecked && lacksTarget ? { error: say.targetError } : {})}
          onChange={(event) =>
            change({ target: collections.find(({ schema }) => schema?.id === event.target.value)?.schema?.id })
          }
        >
          <option value="">{say.startNone}</option>
          {collections.map((collection) => (
            // A target of an older version of that collection stays as it is.
            <option
              key={collection.id}
              value={collection.versions.find(({ id }) => id === draft.target)?.id ?? collection.schema?.id}
            >
              {collection.name}
            </option>
          ))}
        </Select>
      )}
      <Start draft={draft} change={change} />
      <TextField
        label={say.hint}
        hint={say.hintHint}
        value={draft.hint}
        maxLength={200}
        onChange={(event) => change({ hint: event.target.value })}
      />
      <div>
        {draft.kind === 'number' && (
          <Switch
            label={say.whole}
            checked={draft.isWhole}
            onChange={(event) => change({ isWhole: event.target.checked })}
          />
        )}
        {(draft.kind === 'date' || draft.kind === 'dateTime') && (
          <Switch
            label={say.now}
            checked={draft.fill === 'now'}
            onChange={(event) => change({ fill: event.target.checked ? 'now' : 'none' })}
          />
        )}
        {draft.kind === 'place' && (
          <Switch
            label={say.here}
            checked={draft.fill === 'here'}
            onChange={(event) => change({ fill: event.target.checked ? 'here' : 'none' })}
          />
        )}
        {draft.kind !== 'yesNo' && (
          <Switch
            label={say.required}
            checked={draft.isRequired}
            onChange={(event) => change({ isRequired: event.target.checked })}
          />
        )}
      </div>
    </Sheet>
  )
}

/** What a new thing starts with, for the kinds where that is worth asking. */
const Start = ({ draft, change }: { readonly draft: Field; readonly change: (part: Partial<Field>) => void }) => {
  const say = useMessages().collections.field
  switch (draft.kind) {
    case 'choice':
      return (
        <Select
          label={say.start}
          value={typeof draft.default === 'string' ? draft.default : ''}
          onChange={(event) => change({ default: event.target.value === '' ? undefined : event.target.value })}
        >
          <option value="">{say.startNone}</option>
          {draft.options.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </Select>
      )
    case 'number':
      return (
        <TextField
          label={say.start}
          type="number"
          inputMode="decimal"
          step={draft.isWhole ? 1 : 'any'}
          value={typeof draft.default === 'number' ? draft.default : ''}
          onChange={(event) => {
            const value = event.target.valueAsNumber
            change({ default: Number.isFinite(value) ? value : undefined })
          }}
        />
      )
    case 'text':
      return (
        <TextField
          label={say.start}
          value={typeof draft.default === 'string' ? draft.default : ''}
          onChange={(event) => change({ default: event.target.value === '' ? undefined : event.target.value })}
        />
      )
    default:
      return null
  }
}
