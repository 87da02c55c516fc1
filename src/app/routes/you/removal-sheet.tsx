import { Lock, LockOpen } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { Device, RemovalPlan } from '../../../sdk/index.ts'
import { useNode } from '../../../sdk/react/index.ts'
import { Button, ButtonLink } from '../../components/button.tsx'
import { Choices, TextField } from '../../components/field.tsx'
import { Sheet } from '../../components/sheet.tsx'
import { useDeviceWords } from '../../messages/devices.ts'
import { useMessages } from '../../messages/messages.tsx'
import { path } from '../../paths.ts'
import { toast } from '../../state/toasts.ts'
import { DeviceName } from './device-name.tsx'
import css from './devices.module.css'
import { failureWords } from './failure-words.ts'
import { keyDigits, readTheft, removalPoints, theftField } from './removal-plan.ts'

/** Another device of the person: what it is called, whether it is lost or stolen, what taking it out would do, and, after a second tap, that. */
export const RemovalSheet = ({ device, onClose }: { readonly device: Device; readonly onClose: () => void }) => {
  const { publicKey } = device
  const words = useDeviceWords()
  const say = words.removal
  const [how, setHow] = useState<'lost' | 'stolen'>('lost')
  const [now] = useState(() => Date.now())
  const [typed, setTyped] = useState(() => theftField(now))
  const theft = readTheft(typed, now)
  const isStolen = how === 'stolen'
  const error = isStolen && 'error' in theft ? say[theft.error] : undefined
  const since = isStolen && 'since' in theft ? theft.since : undefined
  return (
    <Sheet title={device.name ?? say.title} onClose={onClose}>
      <div className={css.form}>
        <p className={css.text}>{words.key(keyDigits(publicKey))}</p>
        <DeviceName device={device} onSaved={() => undefined} />
        <p className={css.text}>{say.text}</p>
        <Choices
          label={say.how}
          value={how}
          options={[
            { value: 'lost', label: say.lost },
            { value: 'stolen', label: say.stolen },
          ]}
          onChange={setHow}
        />
        <p className={css.text}>{isStolen ? say.stolenText : say.lostText}</p>
        {isStolen && (
          <TextField
            type="datetime-local"
            label={say.since}
            hint={say.sinceHint}
            error={error}
            value={typed}
            max={theftField(now)}
            onChange={({ target }) => setTyped(target.value)}
          />
        )}
        {error === undefined && (
          <Removal key={`${how} ${since ?? ''}`} publicKey={publicKey} since={since} onClose={onClose} />
        )}
      </div>
    </Sheet>
  )
}

interface Removing {
  readonly publicKey: string
  /** Absent: it is lost. */
  readonly since: number | undefined
  readonly onClose: () => void
}

/** What this removal would do, and the two taps to it. */
const Removal = ({ publicKey, since, onClose }: Removing) => {
  const t = useMessages()
  const words = useDeviceWords()
  const say = words.removal
  const node = useNode()
  const [plan, setPlan] = useState<RemovalPlan>()
  const [failure, setFailure] = useState<unknown>()
  const [isAsked, setIsAsked] = useState(false)
  const [isGoing, setIsGoing] = useState(false)
  useEffect(() => {
    const ending = new AbortController()
    const look = async (): Promise<void> => {
      try {
        const stolen = since === undefined ? {} : { stolenSince: since }
        const found = await node.identity.planRemoval(publicKey, { ...stolen, signal: ending.signal })
        if (!ending.signal.aborted) setPlan(found)
      } catch (error) {
        if (!ending.signal.aborted) setFailure(error)
      }
    }
    void look()
    return () => ending.abort()
  }, [node, publicKey, since])
  const foot = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (isAsked) foot.current?.scrollIntoView({ block: 'end' })
  }, [isAsked])
  const takeOut = async (): Promise<void> => {
    if (isGoing) return
    setIsGoing(true)
    setFailure(undefined)
    try {
      const { keptLogs, isFinal } = await node.identity.removeDevice(
        publicKey,
        since === undefined ? {} : { stolenSince: since },
      )
      toast(isFinal ? say.out(keptLogs) : say.softlyOut)
      onClose()
    } catch (error) {
      setFailure(error)
      setIsAsked(false)
      setIsGoing(false)
    }
  }
  return (
    <>
      <section className={css.what} aria-label={say.what} aria-busy={plan === undefined && failure === undefined}>
        <h3>{say.what}</h3>
        {plan !== undefined && <Plan plan={plan} isStolen={since !== undefined} />}
        {failure !== undefined && (
          <p className={css.wrong} role="alert">
            {failureWords(failure, words, t)}
          </p>
        )}
      </section>
      {plan !== undefined && (
        <div ref={foot} className={css.foot}>
          {isAsked ? (
            <>
              <p role="status">{say.sure}</p>
              <Button autoFocus onClick={() => setIsAsked(false)}>
                {say.rather}
              </Button>
              <Button tone="danger" aria-disabled={isGoing} onClick={() => void takeOut()}>
                {say.really}
              </Button>
            </>
          ) : (
            <>
              {!plan.isFinal && (
                <ButtonLink tone="plain" href={path.recover()}>
                  {words.useWords}
                </ButtonLink>
              )}
              <Button tone="danger" onClick={() => setIsAsked(true)}>
                {say.takeOut}
              </Button>
            </>
          )}
        </div>
      )}
    </>
  )
}

const Plan = ({ plan, isStolen }: { readonly plan: RemovalPlan; readonly isStolen: boolean }) => {
  const say = useDeviceWords().removal
  const Level = plan.isFinal ? Lock : LockOpen
  return (
    <>
      <ul className={css.points}>
        {removalPoints(plan, isStolen, say).map((point) => (
          <li key={point}>{point}</li>
        ))}
      </ul>
      <p className={css.level}>
        <Level size={18} aria-hidden />
        <span>{plan.isFinal ? say.isFinal : say.notFinal}</span>
      </p>
    </>
  )
}
