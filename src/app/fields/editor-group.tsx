import { type ReactNode, useId } from 'react'
import type { Values } from '../../sdk/index.ts'
import { classNames } from '../components/class-names.ts'
import type { Field } from '../data/field-kind.ts'
import { useMessages } from '../messages/messages.tsx'
import css from './fields.module.css'

export interface EditorProps {
  readonly field: Field
  readonly values: Values
  readonly onChange: (change: Values) => void
  /** A sentence: what is wrong and what to do. */
  readonly error?: string | undefined
  /** The label is said elsewhere; here it is for screen readers only. */
  readonly isBare?: boolean
}

/** The label over an editor, with what is asked of it. */
export const EditorLabel = ({ field, isBare = false }: Pick<EditorProps, 'field' | 'isBare'>) => {
  const t = useMessages()
  return (
    <span className={isBare ? 'visually-hidden' : undefined}>
      <bdi>{field.label}</bdi>
      {field.isRequired && <span className={css.needed}> {t.form.needed}</span>}
    </span>
  )
}

/** Label, hint and error around several controls. */
export const Group = ({
  field,
  isBare = false,
  error,
  children,
}: Pick<EditorProps, 'field' | 'error'> & { readonly isBare?: boolean | undefined; readonly children: ReactNode }) => {
  const id = useId()
  return (
    <fieldset className={css.group} aria-describedby={error === undefined ? undefined : id}>
      <legend className={classNames(css.legend, isBare && 'visually-hidden')}>
        <EditorLabel field={field} />
      </legend>
      {children}
      {field.hint !== '' && (
        <p className={css.hint} dir="auto">
          {field.hint}
        </p>
      )}
      {error !== undefined && (
        <p className={css.error} id={id} role="alert">
          {error}
        </p>
      )}
    </fieldset>
  )
}
