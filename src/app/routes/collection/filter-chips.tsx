import { Check } from 'lucide-react'
import type { Field } from '../../data/field-kind.ts'
import { useMessages } from '../../messages/messages.tsx'
import { useLists } from '../../state/list-state.ts'
import css from './collection.module.css'
import { filterFields, toggled } from './list-options.ts'
import { groupField, type Looking, tickField } from './looking.ts'

/** The fields there are chips for. A board's columns are one of them already, and a checklist's halves. */
export const chipFields = ({ collection, view, kind }: Looking): readonly Field[] => {
  const shown =
    kind === 'board' ? groupField(collection, view) : kind === 'checklist' ? tickField(collection, view) : undefined
  return filterFields(collection).filter(({ name }) => name !== shown?.name)
}

/** One chip per option and per yes or no. Options of one field add up, fields narrow each other. */
export const FilterChips = ({ looking }: { readonly looking: Looking }) => {
  const t = useMessages()
  const { view, chosen, isFiltered } = looking
  const set = useLists((lists) => lists.set)
  const change = (filter: typeof chosen): void => set(view.id, { filter, scroll: 0 })
  const fields = chipFields(looking)
  if (fields.length === 0) return null
  return (
    <div className={css.chips} role="group" aria-label={t.collection.filter.label}>
      <FilterChip isOn={!isFiltered} onClick={() => change({})}>
        {t.collection.filter.all}
      </FilterChip>
      {fields.flatMap((field) =>
        field.kind === 'yesNo'
          ? [true, false].map((value) => (
              <FilterChip
                key={`${field.name} ${value}`}
                isOn={chosen[field.name]?.includes(value) ?? false}
                onClick={() =>
                  change({ ...chosen, [field.name]: chosen[field.name]?.includes(value) === true ? [] : [value] })
                }
              >
                {value ? t.collection.filter.yes(field.label) : t.collection.filter.no(field.label)}
              </FilterChip>
            ))
          : field.options.map(({ value, label }) => (
              <FilterChip
                key={`${field.name} ${value}`}
                isOn={chosen[field.name]?.includes(value) ?? false}
                onClick={() => change(toggled(chosen, field.name, value))}
              >
                {label}
              </FilterChip>
            )),
      )}
    </div>
  )
}

const FilterChip = ({
  isOn,
  onClick,
  children,
}: {
  readonly isOn: boolean
  readonly onClick: () => void
  readonly children: string
}) => (
  <button type="button" className={css.filterChip} aria-pressed={isOn} onClick={onClick}>
    {isOn && <Check size={17} aria-hidden />}
    <bdi>{children}</bdi>
  </button>
)
