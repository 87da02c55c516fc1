import { useGroupNodeWords } from '../../messages/group-nodes.ts'
import { useMessages } from '../../messages/messages.tsx'
import css from './people.module.css'

/** What there is to know of a node before and after it is let in: where it is, what it has to prove, what it sees. */
export const NodeFacts = ({
  address,
  transportKey,
  publicKey,
}: {
  readonly address: string
  readonly transportKey: string
  /** Once it has said so. */
  readonly publicKey: string | undefined
}) => {
  const say = useGroupNodeWords()
  const { nodes } = useMessages().sync
  const facts = [
    [say.address, address],
    [nodes.key, transportKey],
    ...(publicKey === undefined ? [] : [[say.key, publicKey] as const]),
  ] as const
  return (
    <>
      <p>{say.sees}</p>
      <dl className={css.facts}>
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd dir="ltr" translate="no">
              {value}
            </dd>
          </div>
        ))}
      </dl>
    </>
  )
}
