import { Check } from 'lucide-react'
import { type ComponentPropsWithRef, type ReactNode, useId } from 'react'
import { classNames } from './class-names.ts'
import css from './field.module.css'

interface Words {
  readonly label: ReactNode
  readonly hint?: ReactNode
  /** What is wrong and what to do; announced when it appears. */
  readonly error?: ReactNode
}

/** Label above, hint and error below, tied to the control for screen readers. For controls the others here do not cover. */
export const LabelledField = ({
  label,
  hint,
  error,
  children,
}: Words & {
  readonly children: (props: {
    readonly id: string
    readonly className: string
    readonly 'aria-describedby': string | undefined
    readonly 'aria-invalid': boolean | undefined
  }) => ReactNode
}) => {
  const id = useId()
  const hintId = `${id}-hint`
  const errorId = `${id}-error`
  const described = classNames(hint !== undefined && hint !== '' && hintId, error !== undefined && errorId)
  return (
    <div className={css.field}>
      <label className={css.label} htmlFor={id}>
        {label}
      </label>
      {children({
        id,
        className: css.input ?? '',
        'aria-describedby': described === '' ? undefined : described,
        'aria-invalid': error === undefined ? undefined : true,
      })}
      {hint !== undefined && hint !== '' && (
        <p className={css.hint} id={hintId} dir="auto">
          {hint}
        </p>
      )}
      {error !== undefined && (
        <p className={css.error} id={errorId} role="alert">
          {error}
        </p>
      )}
    </div>
  )
}

export const TextField = ({ label, hint, error, ...rest }: Words & ComponentPropsWithRef<'input'>) => (
  <LabelledField label={label} hint={hint} error={error}>
    {(props) => <input type="text" dir="auto" autoComplete="off" {...rest} {...props} />}
  </LabelledField>
)

export const TextArea = ({ label, hint, error, ...rest }: Words & ComponentPropsWithRef<'textarea'>) => (
  <LabelledField label={label} hint={hint} error={error}>
    {(props) => <textarea dir="auto" {...rest} {...props} />}
  </LabelledField>
)

export const Select = ({ label, hint, error, children, ...rest }: Words & ComponentPropsWithRef<'select'>) => (
  <LabelledField label={label} hint={hint} error={error}>
    {(props) => (
      <select {...rest} {...props}>
        {children}
      </select>
    )}
  </LabelledField>
)

/** On or off, at once. The whole row is the target. */
export const Switch = ({
  label,
  hint,
  ...rest
}: Pick<Words, 'label' | 'hint'> & Omit<ComponentPropsWithRef<'input'>, 'type'>) => {
  const id = useId()
  return (
    <label className={css.row}>
      <span className={css.rowWords}>
        <span>{label}</span>
        {hint !== undefined && (
          <span className={css.hint} id={id} style={{ display: 'block' }}>
            {hint}
          </span>
        )}
      </span>
      <input
        type="checkbox"
        role="switch"
        className={css.switch}
        aria-describedby={hint === undefined ? undefined : id}
        {...rest}
      />
    </label>
  )
}

/** One of a few, as chips. Arrow keys move, as in any group of radio buttons. */
export const Choices = <T extends string | number>({
  label,
  value,
  options,
  onChange,
}: {
  readonly label: string
  readonly value: T
  readonly options: readonly { readonly value: T; readonly label: ReactNode }[]
  readonly onChange: (value: T) => void
}) => {
  const name = useId()
  return (
    <fieldset className={css.field}>
      <legend className={css.label}>{label}</legend>
      <div className={css.choices}>
        {options.map((option) => (
          <label key={option.value} className={css.choice}>
            <input type="radio" name={name} checked={option.value === value} onChange={() => onChange(option.value)} />
            <Check size={16} aria-hidden />
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
