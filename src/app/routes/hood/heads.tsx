import { RotateCw } from 'lucide-react'
import { useState } from 'react'
import type { HeadsTable, SharedScope } from '../../../sdk/index.ts'
import { useNode } from '../../../sdk/react/index.ts'
import { Button } from '../../components/button.tsx'
import { usePeerName } from '../../data/peer-name.ts'
import { useSync } from '../../data/use-sync.tsx'
import { useHoodWords } from '../../messages/hood.ts'
import { useSpeech } from '../../messages/messages.tsx'
import { path } from '../../paths.ts'
import css from './hood.module.css'
import { shortId } from './operation-text.ts'
import { useAnswer } from '../../data/use-answer.ts'

/** How far the logs of what is shared go here, beside what is known of each device that was met. */
export const Heads = () => {
  const hood = useHoodWords()
  const { shared } = useSync()
  if (shared.length === 0) return null
  return (
    <section className={css.card} aria-labelledby="heads">
      <h2 className={css.cardTitle} id="heads">
        {hood.heads.title}
      </h2>
      <p className={css.quiet}>{hood.heads.text}</p>
      {shared.map(({ scope, collection }) => (
        <ScopeHeads key={scope.scope} scope={scope} name={collection?.name ?? shortId(scope.schemaId)} />
      ))}
    </section>
  )
}

/** Asked only once it is opened: it walks every log. */
const ScopeHeads = ({ scope, name }: { readonly scope: SharedScope; readonly name: string }) => {
  const words = useHoodWords()
  const { format } = useSpeech()
  const [isOpen, setIsOpen] = useState(false)
  return (
    <details className={css.session} onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>
        <bdi>{name}</bdi> <span className={css.code}>{words.heads.logs(scope.logs, format.number(scope.logs))}</span>
      </summary>
      {isOpen && <OpenHeads scope={scope} name={name} />}
    </details>
  )
}

const OpenHeads = ({ scope, name }: { readonly scope: SharedScope; readonly name: string }) => {
  const hood = useHoodWords()
  const say = hood.heads
  const node = useNode()
  const [asked, setAsked] = useState(0)
  const { value, error } = useAnswer(() => node.sync.heads(scope.schemaId), [node, scope.schemaId, asked])
  if (error !== undefined) return <p role="status">{hood.failed}</p>
  if (value === undefined) return <div aria-busy="true" />
  return (
    <>
      <p className={css.quiet} role="status">
        {value.devices.length === 0 ? say.nobody : say.same(value.same, value.logs)}
      </p>
      {value.rows.length > 0 && <Table table={value} name={name} />}
      <Button icon={<RotateCw size={18} aria-hidden />} className={css.again} onClick={() => setAsked((n) => n + 1)}>
        {say.again}
      </Button>
    </>
  )
}

const Table = ({ table, name }: { readonly table: HeadsTable; readonly name: string }) => {
  const hood = useHoodWords()
  const say = hood.heads
  const nameOf = usePeerName()
  return (
    <>
      <div className={css.tableFrame} tabIndex={0} role="region" aria-label={say.of(name)}>
        <table className={css.table}>
          <thead>
            <tr>
              <th scope="col">{say.log}</th>
              <th scope="col">{say.here}</th>
              {table.devices.map((publicKey) => (
                <th key={publicKey} scope="col">
                  {nameOf({ publicKey })}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rows.map(({ publicKey, logId, seqNum, there }) => (
              <tr key={`${publicKey}/${logId}`}>
                <th scope="row">
                  <code>
                    {seqNum === undefined ? (
                      `${shortId(publicKey)} / ${logId}`
                    ) : (
                      <a href={path.hood('log', publicKey, logId, seqNum)}>{`${shortId(publicKey)} / ${logId}`}</a>
                    )}
                  </code>
                </th>
                <td className={css.number}>{String(seqNum ?? 0)}</td>
                {table.devices.map((device, at) => (
                  <td key={device} className={css.number}>
                    <Reached here={seqNum ?? 0n} there={there[at]} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {table.rows.length < table.logs && <p className={css.quiet}>{say.first(table.rows.length)}</p>}
    </>
  )
}

/** A height and, where it is another one than here, in which way. */
const Reached = ({ here, there }: { readonly here: bigint; readonly there: bigint | undefined }) => {
  const say = useHoodWords().heads
  if (there === undefined) return <span className={css.unknown}>{say.unknown}</span>
  if (there === here) return String(there)
  return <strong>{there > here ? say.ahead(String(there)) : say.behind(String(there))}</strong>
}
