import { ChevronRight, Server } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../components/button.tsx'
import { Heading } from '../../components/screen.tsx'
import type { ListedNode } from '../../data/group-nodes.ts'
import { hostOf } from '../../data/host-of.ts'
import { useGroupNodes } from '../../data/use-group-nodes.ts'
import { type ListedGroup, useMayAuthorise } from '../../data/use-groups.ts'
import { useNodeState } from '../../data/use-node-state.ts'
import { whyNot } from '../../data/why-not.ts'
import { type GroupNodeMessages, useGroupNodeWords } from '../../messages/group-nodes.ts'
import { useGroupWords } from '../../messages/groups.ts'
import { AdmitNode } from './admit-node.tsx'
import { NodeSheet } from './node-sheet.tsx'
import css from './people.module.css'

/** The nodes that keep a group: everybody in it sees them, keepers let them in and go. */
export const Nodes = ({ group }: { readonly group: ListedGroup }) => {
  const say = useGroupNodeWords()
  const words = useGroupWords()
  const refusal = useMayAuthorise(group)
  const { status, nodes } = useGroupNodes(group.id)
  const stateOf = useStateOf(say)
  const [open, setOpen] = useState<string>()
  const close = (): void => setOpen(undefined)
  const shown = nodes.find(({ node }) => node.id === open)
  if (status === 'loading' || refusal === null) return null
  return (
    <section>
      <Heading>{say.title}</Heading>
      <p className={css.note}>{say.text}</p>
      {nodes.length === 0 ? (
        <p className={css.apart}>{say.none}</p>
      ) : (
        <ul>
          {nodes.map((one) => (
            <NodeLine key={one.node.id} node={one} state={stateOf(one)} onOpen={() => setOpen(one.node.id)} />
          ))}
        </ul>
      )}
      {refusal === undefined ? (
        <div className={css.apart}>
          <Button icon={<Server size={20} aria-hidden />} aria-haspopup="dialog" onClick={() => setOpen(another)}>
            {say.add.open}
          </Button>
        </div>
      ) : (
        <p className={css.note}>{say.mayNot(whyNot(refusal, words, true))}</p>
      )}
      {open === another && <AdmitNode group={group} kept={nodes} onClose={close} />}
      {shown !== undefined && (
        <NodeSheet listed={shown} state={stateOf(shown)} mayDismiss={refusal === undefined} onClose={close} />
      )}
    </section>
  )
}

/** No document is called so. */
const another = 'another'

/** What is known of a node from here, in a sentence. */
const useStateOf = (say: GroupNodeMessages): ((listed: ListedNode) => string) => {
  const stateOf = useNodeState()
  return ({ here, hasAll }) => {
    if (hasAll) return say.has
    if (here === undefined) return say.unknown
    return here.state === 'connected' && !here.isPaused ? say.unserved : stateOf(here)
  }
}

const NodeLine = ({
  node: { node },
  state,
  onOpen,
}: {
  readonly node: ListedNode
  readonly state: string
  readonly onOpen: () => void
}) => (
  <li>
    <button type="button" className={css.line} aria-haspopup="dialog" onClick={onOpen}>
      <span className={css.invite}>
        <Server size={22} aria-hidden />
      </span>
      <span className={css.words}>
        <bdi className={css.name}>{hostOf(node.address)}</bdi>
        <span className={css.note}>{state}</span>
      </span>
      <span className={css.edge}>
        <ChevronRight className="directional" size={20} aria-hidden />
      </span>
    </button>
  </li>
)
