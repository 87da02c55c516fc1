import { ArrowUpDown, Copy, ListFilter, Pencil, Plus, Search, Trash2, Users } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useNode } from '../../../sdk/react/index.ts'
import { ButtonLink, IconButton } from '../../components/button.tsx'
import { Faces } from '../../components/faces.tsx'
import { WhoseList } from '../../components/whose-list.tsx'
import { Menu } from '../../components/menu.tsx'
import { Screen } from '../../components/screen.tsx'
import { useListRights } from '../../data/list-rights.tsx'
import { removeWithUndo } from '../../data/removal.ts'
import { usePresentIn } from '../../data/use-present.ts'
import { useSharedScope } from '../../data/use-sync.tsx'
import { useThings } from '../../data/use-things.ts'
import { useSpeech } from '../../messages/messages.tsx'
import { go, path } from '../../paths.ts'
import { useKeys } from '../../shell/use-keys.ts'
import { useLists } from '../../state/list-state.ts'
import css from './collection.module.css'
import { CopySheet } from './copy-sheet.tsx'
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
  const may = useListRights()
  const [isCopying, setIsCopying] = useState(false)
  const [isSorting, setIsSorting] = useState(false)
  const [showsFilters, setShowsFilters] = useState(true)
  const canFilter = chipFields(looking).length > 0
  useKeys({
    n: () => {
      if (may.add) go(path.add(collection))
    },
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
        back={path.collections(collection.group)}
        width="full"
        actions={
          <Menu
            label={say.more}
            items={[
              ...(may.keep
                ? [
                    {
                      label: say.fields,
                      icon: <Pencil size={20} aria-hidden />,
                      onChoose: () => go(path.fields(collection)),
                    },
                  ]
                : []),
              // Who is in its group has it.
              ...(collection.group === undefined
                ? [
                    {
                      label: isShared ? t.sync.share.menuShared : t.sync.share.menu,
                      icon: <Users size={20} aria-hidden />,
                      onChoose: () => go(path.share(collection)),
                    },
                    {
                      label: say.copy,
                      icon: <Copy size={20} aria-hidden />,
                      onChoose: () => setIsCopying(true),
                    },
                  ]
                : []),
              ...(collection.views.length > 1 && may.arrange && may.remove
                ? [
                    {
                      label: say.view.remove(view.name),
                      icon: <Trash2 size={20} aria-hidden />,
                      onChoose: () => {
                        go(path.collection(collection))
                        removeWithUndo(node, view.id, view.name, t)
                      },
                    },
                  ]
                : []),
              ...(may.keep && may.remove
                ? [
                    {
                      label: say.removeCollection,
                      icon: <Trash2 size={20} aria-hidden />,
                      isDangerous: true,
                      onChoose: () => {
                        go(path.collections(collection.group))
                        removeWithUndo(node, collection.id, collection.name, t)
                      },
                    },
                  ]
                : []),
            ]}
          />
        }
      >
        <WhoseList of={collection} />
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
            {may.add && (
              <ButtonLink
                tone="primary"
                href={path.add(collection)}
                className={css.addButton}
                icon={<Plus size={20} aria-hidden />}
              >
                {addWords}
              </ButtonLink>
            )}
          </div>
        </div>
        {state.text !== undefined && <SearchBox looking={looking} />}
        {canFilter && (showsFilters || looking.isFiltered) && <FilterChips looking={looking} />}
        {children}
      </Screen>
      {may.add && (
        <a className={css.float} href={path.add(collection)} aria-label={addWords} title={addWords}>
          <Plus size={26} aria-hidden />
        </a>
      )}
      {isCopying && collection.schema !== undefined && (
        <CopySheet collection={collection} schema={collection.schema} onClose={() => setIsCopying(false)} />
      )}
      {isSorting && <SortSheet looking={looking} onClose={() => setIsSorting(false)} />}
    </div>
  )
}
