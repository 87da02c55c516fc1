import { ArrowUpDown, ListFilter, Pencil, Plus, Search, Trash2, Users } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useNode } from '../../../sdk/react/index.ts'
import { ButtonLink, IconButton } from '../../components/button.tsx'
import { Faces } from '../../components/faces.tsx'
import { Menu } from '../../components/menu.tsx'
import { Screen } from '../../components/screen.tsx'
import { removeWithUndo } from '../../data/removal.ts'
import { usePresentIn } from '../../data/use-present.ts'
import { useSharedScope } from '../../data/use-sync.tsx'
import { useThings } from '../../data/use-things.ts'
import { useSpeech } from '../../messages/messages.tsx'
import { go, path } from '../../paths.ts'
import { useKeys } from '../../shell/use-keys.ts'
import { useLists } from '../../state/list-state.ts'
import css from './collection.module.css'
import { chipFields, FilterChips } from './filter-chips.tsx'
import { groupField, type Looking } from './looking.ts'
import { SearchBox } from './search-box.tsx'
import { SortSheet } from './sort-sheet.tsx'
import { ViewTabs } from './view-tabs.tsx'

/** What stands around every view: title and count, tabs, search, filter, order, and Add. */
export const ViewFrame = ({ looking, children }: { readonly looking: Looking; readonly children: ReactNode }) => {
  const { t } = useSpeech()
  const say = t.collection
  const node = useNode()
  const { collection, view, kind, state } = looking
  const { totalCount } = useThings(collection)
  const set = useLists((lists) => lists.set)
  const present = usePresentIn(collection)
  const isShared = useSharedScope(collection) !== undefined
  const [isSorting, setIsSorting] = useState(false)
  const [showsFilters, setShowsFilters] = useState(true)
  const canFilter = chipFields(looking).length > 0
  useKeys({
    n: () => go(path.add(collection.id)),
    '/': () => set(view.id, { text: state.text ?? '' }),
  })
  const group = kind === 'board' ? groupField(collection, view) : undefined
  const count = totalCount === null ? '' : say.count(totalCount, collection.one, collection.many)
  const addWords = say.add(collection.one)
  return (
    <div className={css.frame} data-kind={kind}>
      <Screen
        title={collection.name}
        subtitle={
          <>
            {count}
            {group !== undefined && <span className={css.wideOnly}>. {say.grouped(group.label)}</span>}{' '}
            <Faces present={present} />
          </>
        }
        back={path.collections()}
        width="full"
        actions={
          <Menu
            label={say.more}
            items={[
              {
                label: say.fields,
                icon: <Pencil size={20} aria-hidden />,
                onChoose: () => go(path.fields(collection.id)),
              },
              {
                label: isShared ? t.sync.share.menuShared : t.sync.share.menu,
                icon: <Users size={20} aria-hidden />,
                onChoose: () => go(path.share(collection.id)),
              },
              ...(collection.views.length > 1
                ? [
                    {
                      label: say.view.remove(view.name),
                      icon: <Trash2 size={20} aria-hidden />,
                      onChoose: () => {
                        go(path.collection(collection.id))
                        removeWithUndo(node, view.id, view.name, t)
                      },
                    },
                  ]
                : []),
              {
                label: say.removeCollection,
                icon: <Trash2 size={20} aria-hidden />,
                isDangerous: true,
                onChoose: () => {
                  go(path.collections())
                  removeWithUndo(node, collection.id, collection.name, t)
                },
              },
            ]}
          />
        }
      >
        <div className={css.tools}>
          <ViewTabs collection={collection} view={view} />
          <div className={css.toolButtons}>
            <IconButton label={say.search.open} onClick={() => set(view.id, { text: state.text ?? '' })}>
              <Search size={22} aria-hidden />
            </IconButton>
            {canFilter && (
              <IconButton
                label={say.filter.label}
                aria-expanded={showsFilters}
                onClick={() => setShowsFilters((now) => !now)}
              >
                <ListFilter size={22} aria-hidden />
              </IconButton>
            )}
            {kind !== 'checklist' && (
              <IconButton label={say.sort.label} onClick={() => setIsSorting(true)}>
                <ArrowUpDown size={22} aria-hidden />
              </IconButton>
            )}
            <ButtonLink
              tone="primary"
              href={path.add(collection.id)}
              className={css.addButton}
              icon={<Plus size={20} aria-hidden />}
            >
              {addWords}
            </ButtonLink>
          </div>
        </div>
        {state.text !== undefined && <SearchBox looking={looking} />}
        {canFilter && (showsFilters || looking.isFiltered) && <FilterChips looking={looking} />}
        {children}
      </Screen>
      <a className={css.float} href={path.add(collection.id)} aria-label={addWords} title={addWords}>
        <Plus size={26} aria-hidden />
      </a>
      {isSorting && <SortSheet looking={looking} onClose={() => setIsSorting(false)} />}
    </div>
  )
}
