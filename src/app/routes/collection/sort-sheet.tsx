import { Choices } from '../../components/field.tsx'
import { Sheet } from '../../components/sheet.tsx'
import type { Sort } from '../../data/view-config.ts'
import { useMessages } from '../../messages/messages.tsx'
import { useLists } from '../../state/list-state.ts'
import { sortFields } from './list-options.ts'
import type { Looking } from './looking.ts'

/** The order of a list. It changes at once, under the sheet. */
export const SortSheet = ({ looking, onClose }: { readonly looking: Looking; readonly onClose: () => void }) => {
  const t = useMessages()
  const say = t.collection.sort
  const { collection, view, sort } = looking
  const set = useLists((lists) => lists.set)
  const change = (part: Partial<Sort>): void => set(view.id, { sort: [{ ...sort, ...part }], scroll: 0 })
  const options = [
    ...sortFields(collection).map(({ name, label }) => ({ value: name, label: <bdi>{label}</bdi> })),
    { value: 'CREATED_AT', label: say.created },
    { value: 'CHANGED_AT', label: say.changed },
  ]
  return (
    <Sheet title={say.label} onClose={onClose}>
      <Choices label={say.label} value={sort.by} options={options} onChange={(by) => change({ by })} />
      <Choices
        label={say.direction}
        value={sort.direction}
        options={[
          { value: 'asc', label: say.ascending },
          { value: 'desc', label: say.descending },
        ]}
        onChange={(direction) => change({ direction })}
      />
    </Sheet>
  )
}
