import { useEffect, useRef, useState } from 'react'
import { useParams, useSearch } from 'wouter'
import type { KnownSchema, Values } from '../../../sdk/index.ts'
import { useNode } from '../../../sdk/react/index.ts'
import { AsWhom } from '../../components/as-whom.tsx'
import { Button, ButtonLink } from '../../components/button.tsx'
import { WhoseList } from '../../components/whose-list.tsx'
import { Empty, Screen } from '../../components/screen.tsx'
import { type Collection, titleField } from '../../data/collection.ts'
import { type Field, writeDate, writeDateTime, writePlace } from '../../data/field-kind.ts'
import { ListRightsProvider, useListRights } from '../../data/list-rights.tsx'
import { useCollection, useCollections } from '../../data/use-collections.tsx'
import { startValues } from '../../data/view-config.ts'
import { checkFields, storable } from '../../fields/check-field.ts'
import { FieldEditor } from '../../fields/field-editor.tsx'
import { isStoredIn } from '../../fields/stored-names.ts'
import { mayAskQuietly, whereAmI } from '../../fields/where-am-i.ts'
import { useMessages } from '../../messages/messages.tsx'
import { path, useGo } from '../../paths.ts'
import { toast } from '../../state/toasts.ts'
import { attempt } from '../../state/trouble.ts'
import css from './form.module.css'
import { useDraft } from './use-draft.ts'

/** Adds a thing to a collection: one field per row, pictures first. */
export const FormScreen = () => {
  const t = useMessages()
  const { col = '' } = useParams()
  const { status } = useCollections()
  const collection = useCollection(col)
  if (collection?.schema !== undefined)
    return (
      <ListRightsProvider key={collection.id} of={collection}>
        <Form collection={collection} schema={collection.schema} />
      </ListRightsProvider>
    )
  return (
    <Screen title={t.collection.title} back={path.collections()}>
      {status !== 'loading' && (
        <Empty
          title={collection === undefined ? t.shell.notFound.title : t.form.notYet}
          action={<ButtonLink href={path.collections()}>{t.shell.collections}</ButtonLink>}
        />
      )}
    </Screen>
  )
}

/** The fields of the form: those the newest version can hold; pictures come first, because the moment does not wait. */
const formFields = ({ fields }: Collection, schema: KnownSchema): readonly Field[] => {
  const shown = fields.filter((field) => !field.isRemoved && isStoredIn(field, schema))
  return [...shown.filter(({ kind }) => kind === 'photo'), ...shown.filter(({ kind }) => kind !== 'photo')]
}

/** Defaults, and what fills itself with now; then what the address asks for, as a board's column does. */
const freshValues = (fields: readonly Field[], schema: KnownSchema, asked: string, now: Date): Values => {
  const given = new URLSearchParams(asked)
  return {
    ...startValues(fields, schema),
    ...Object.fromEntries([
      // A number nobody thought of yet is empty in the form, not 0.
      ...fields
        .filter((field) => field.kind === 'number' && field.default === undefined)
        .map(({ name }) => [name, ''] as const),
      ...fields
        .filter(({ fill }) => fill === 'now')
        .map(({ name, kind }) => [name, kind === 'date' ? writeDate(now) : writeDateTime(now)] as const),
      ...fields
        .filter(({ name, options }) => options.some(({ value }) => value === given.get(name)))
        .map(({ name }) => [name, given.get(name) ?? ''] as const),
    ]),
  }
}

const Form = ({ collection, schema }: { readonly collection: Collection; readonly schema: KnownSchema }) => {
  const t = useMessages()
  const go = useGo()
  const say = t.form
  const node = useNode()
  const asked = useSearch()
  const { group } = collection
  const { add } = useListRights()
  const fields = formFields(collection, schema)
  const { entered, wasKept, change, restart } = useDraft(`form/${collection.id}`, schema)
  const [showsProblems, setShowsProblems] = useState(false)
  /** Counts the things entered here, and when this one was begun. */
  const [{ round, begun }, setRound] = useState(() => ({ round: 0, begun: new Date() }))
  // What was not entered is made anew each time: the collection's own fields may reach this screen a moment after their schema.
  const values = { ...freshValues(fields, schema, asked, begun), ...entered }
  const isSaving = useRef(false)
  const form = useRef<HTMLFormElement>(null)
  /** What this screen gave the focus to, unasked. */
  const offered = useRef<TextControl | null>(null)
  const problems = checkFields(fields, values)
  const beginAgain = (): void => {
    restart()
    setRound({ round: round + 1, begun: new Date() })
  }

  /** Changes when the collection's own fields take the place of those its schema alone lets guess, which are moved about then and lose the focus. */
  const shape = fields.map(({ name, kind }) => `${name} ${kind}`).join()
  useEffect(() => {
    // Typing can begin at once: the screen's title took the focus just before, or what stood first until now. Whoever went elsewhere, or typed, stays there.
    const at = document.activeElement
    const isOurs =
      at === document.body || at?.matches('h1') || (at === offered.current && offered.current?.value === '')
    if (!isOurs) return
    offered.current = firstText(form.current)
    offered.current?.focus({ preventScroll: round === 0 })
  }, [round, shape])
  useEffect(() => {
    const here = fields.filter(({ fill, kind }) => fill === 'here' && kind === 'place')
    if (here.length === 0) return
    let isCurrent = true
    const fill = async (): Promise<void> => {
      if (!(await mayAskQuietly())) return
      const place = await whereAmI()
      if (!isCurrent || typeof place === 'string') return
      for (const { name } of here) change(writePlace(name, place))
    }
    void fill()
    return () => {
      isCurrent = false
    }
    // Once for each new thing.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [round, shape])

  const save = async (goesOn: boolean): Promise<void> => {
    if (isSaving.current || !add) return
    if (problems.size > 0) {
      setShowsProblems(true)
      const [name] = problems.keys()
      focusField(form.current, name)
      return
    }
    isSaving.current = true
    const id = await attempt(t, () =>
      node.create(schema, storable(fields, values), group === undefined ? {} : { group }),
    )
    isSaving.current = false
    if (id === undefined) return
    const title = values[titleField(collection)?.name ?? '']
    toast(say.saved(typeof title === 'string' ? title.trim() : ''))
    setShowsProblems(false)
    if (goesOn) {
      beginAgain()
      return scrollTo(0, 0)
    }
    restart()
    go(path.collection(collection), { replace: true })
  }

  return (
    <Screen
      title={say.title(collection.one)}
      subtitle={collection.name}
      back={path.collection(collection)}
      width="narrow"
    >
      <WhoseList of={collection} />
      <form
        ref={form}
        key={round}
        className={css.form}
        data-composes
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void save(false)
        }}
      >
        <AsWhom />
        {wasKept && (
          <p className={css.kept} role="status">
            {say.restored}
            <Button tone="plain" onClick={beginAgain}>
              {say.clearAll}
            </Button>
          </p>
        )}
        {fields.map((field) => {
          const problem = showsProblems ? problems.get(field.name) : undefined
          return (
            <FieldEditor
              key={field.name}
              field={field}
              values={values}
              onChange={change}
              error={problem === undefined ? undefined : say.problem(problem)}
            />
          )
        })}
        <div className={css.foot} data-saves>
          {showsProblems && problems.size > 0 && (
            <p className={css.trouble} role="alert">
              {say.problems(problems.size)}
            </p>
          )}
          <Button aria-disabled={!add} onClick={() => void save(true)}>
            {say.saveAndNext}
          </Button>
          <Button tone="primary" type="submit" className={css.save} aria-disabled={!add}>
            {say.save}
          </Button>
        </div>
      </form>
    </Screen>
  )
}

type TextControl = HTMLInputElement | HTMLTextAreaElement

const firstText = (form: HTMLElement | null): TextControl | null =>
  form?.querySelector<TextControl>('input:not([type=file], [type=radio], [type=checkbox]), textarea') ?? null

const focusField = (form: HTMLElement | null, name: string | undefined): void => {
  if (name === undefined) return
  const control = form?.querySelector<HTMLElement>(
    `[data-field="${CSS.escape(name)}"] :is(input, textarea, select, button)`,
  )
  control?.focus()
  control?.scrollIntoView({ block: 'center' })
}
