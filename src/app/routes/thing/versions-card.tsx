import { GitFork, Pencil } from 'lucide-react'
import { useState } from 'react'
import type { DocumentView, OperationId, Values } from '../../../sdk/index.ts'
import { useNode } from '../../../sdk/react/index.ts'
import { Button } from '../../components/button.tsx'
import { Chip } from '../../components/chip.tsx'
import { before } from '../../data/edit-thing.ts'
import { checkField, type Problem, storable } from '../../fields/check-field.ts'
import { FieldDisplay } from '../../fields/field-display.tsx'
import { FieldEditor } from '../../fields/field-editor.tsx'
import { fieldText, isEmptyField } from '../../fields/field-text.ts'
import { isSameValues, valuesOf } from '../../fields/stored-names.ts'
import { useSpeech } from '../../messages/messages.tsx'
import { useNow } from '../../state/now.ts'
import { toast } from '../../state/toasts.ts'
import { attempt } from '../../state/trouble.ts'
import type { Split } from './versions.ts'
import css from './versions.module.css'

/** Longer values are not repeated on a button. */
const longestOnButton = 24

/** A field that was changed in two ways at once. Any choice is one update that names all tips, so that the branches close. */
export const VersionsCard = ({
  document,
  split: { field, versions },
  tips,
}: {
  readonly document: DocumentView
  readonly split: Split
  readonly tips: readonly OperationId[]
}) => {
  const { t, format } = useSpeech()
  const say = t.thing
  const node = useNode()
  const now = useNow()
  const shown = valuesOf(field, document.fields)
  const current = versions.findIndex(({ values }) => isSameValues(values, shown))
  const [chosen, setChosen] = useState(Math.max(0, current))
  const [other, setOther] = useState<Values>()
  const [problem, setProblem] = useState<Problem>()
  const text = (values: Values): string =>
    isEmptyField(field, values) ? say.nothing : fieldText(field, values, format, t)
  const onButton = (values: Values): string => {
    const whole = text(values)
    return whole.length > longestOnButton ? `${whole.slice(0, longestOnButton).trimEnd()}…` : whole
  }

  const settle = async (values: Values): Promise<void> => {
    const undone = before(document, values)
    const id = await attempt(t, () => node.update(document.id, values, { previous: tips }))
    if (id === undefined) return
    toast(say.settled(field.label, text({ ...document.fields, ...values })), {
      action: { label: t.shell.undo, run: () => void attempt(t, () => node.update(document.id, undone)) },
    })
  }
  const useOther = (): void => {
    if (other === undefined) return
    const wrong = checkField(field, { ...document.fields, ...other })
    setProblem(wrong)
    if (wrong === undefined) void settle(storable([field], { ...shown, ...other }))
  }
  return (
    <section className={css.card} aria-label={say.versionsOf(field.label)}>
      <h2 className={css.title}>
        <GitFork size={20} aria-hidden />
        <span>{say.versionsOf(field.label)}</span>
      </h2>
      <fieldset className={css.options}>
        <legend className="visually-hidden">{field.label}</legend>
        {versions.map(({ change, values }, at) => (
          <label key={change.operationId} className={css.option}>
            <input
              type="radio"
              name={field.name}
              checked={at === chosen}
              onChange={() => {
                setChosen(at)
                setOther(undefined)
              }}
            />
            <span className={css.value}>
              {isEmptyField(field, values) ? say.nothing : <FieldDisplay field={field} values={values} />}
            </span>
            <span className={css.when}>
              {change.origin === 'import'
                ? say.history.imported(format.when(change.receivedAt, now))
                : format.when(change.receivedAt, now)}
            </span>
            {at === current && <Chip tone="leaf">{say.shownNow}</Chip>}
          </label>
        ))}
      </fieldset>
      {other === undefined ? (
        <div className={css.actions}>
          {versions.map(({ change, values }, at) => (
            <Button
              key={change.operationId}
              tone={at === chosen ? 'primary' : 'outline'}
              onClick={() => void settle(values)}
            >
              {at === current ? say.keep(onButton(values)) : say.use(onButton(values))}
            </Button>
          ))}
          <Button tone="plain" icon={<Pencil size={18} aria-hidden />} onClick={() => setOther(shown)}>
            {say.other}
          </Button>
        </div>
      ) : (
        <div className={css.other}>
          <FieldEditor
            field={field}
            values={{ ...document.fields, ...other }}
            onChange={(change) => setOther({ ...other, ...change })}
            error={problem === undefined ? undefined : t.form.problem(problem)}
          />
          <div className={css.actions}>
            <Button onClick={() => setOther(undefined)}>{t.shell.cancel}</Button>
            <Button tone="primary" onClick={useOther}>
              {t.shell.done}
            </Button>
          </div>
        </div>
      )}
      <p className={css.text}>{say.versionsText(onButton(shown))}</p>
    </section>
  )
}
