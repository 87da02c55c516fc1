import { type ReactNode, useEffect, useId, useRef, useState } from 'react'
import type { LinkingState } from '../../../sdk/index.ts'
import { useDevices, useLinking, useNode } from '../../../sdk/react/index.ts'
import { Button, ButtonLink } from '../../components/button.tsx'
import { Switch } from '../../components/field.tsx'
import { SpokenWords } from '../../components/spoken-words.tsx'
import type { SayFailure } from '../../meet/meet-screen.tsx'
import { useLinkingWords } from '../../messages/linking.ts'
import { path } from '../../paths.ts'
import css from './link.module.css'

/** From the connection to the device being one of the person: four words on both screens, compared by whoever holds the two. */
export const Ceremony = ({
  isKnown,
  sayFailure,
  onAgain,
}: {
  readonly isKnown: boolean
  readonly sayFailure: SayFailure
  readonly onAgain: () => void
}) => {
  const say = useLinkingWords()
  const { linking } = useNode().identity
  const { linking: state } = useLinking()
  // Whoever leaves stops it; what is done by then stays done.
  useEffect(() => () => void linking.close(), [linking])
  if (state?.step === 'comparing') return <Comparing state={state} />
  if (state?.step === 'linked') return <Linked isKnown={isKnown} />
  if (state?.step === 'failed')
    return (
      <Stage title={say.failed}>
        <p>{sayFailure(state.failure)}</p>
        <div className={css.actions}>
          <Button tone="primary" onClick={onAgain}>
            {say.again}
          </Button>
        </div>
      </Stage>
    )
  return (
    <section className={css.card}>
      <p role="status">{say.proving}</p>
    </section>
  )
}

/** What takes the place of the stage before it takes the focus too, and is read out so. */
const Stage = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => {
  const heading = useRef<HTMLHeadingElement>(null)
  const id = useId()
  useEffect(() => heading.current?.focus(), [])
  return (
    <section className={css.card} aria-labelledby={id}>
      <h2 ref={heading} id={id} tabIndex={-1}>
        {title}
      </h2>
      {children}
    </section>
  )
}

const Comparing = ({ state }: { readonly state: Extract<LinkingState, { readonly step: 'comparing' }> }) => {
  const { words: say, confirmed } = useLinkingWords()
  const { linking } = useNode().identity
  const { devices } = useDevices()
  const isSecond = devices.filter(({ isPaper }) => !isPaper).length < 2
  const [mayLetIn, setMayLetIn] = useState(isSecond)
  const differ = (
    <Button onClick={() => void linking.compare({ areEqual: false })} isLarge>
      {say.differ}
    </Button>
  )
  return (
    <Stage title={say.title}>
      <SpokenWords words={state.words} label={say.list} count="four" />
      <p>{say.text}</p>
      {state.role === 'new' && (
        <>
          <p role="status">{say.onKnown}</p>
          <div className={css.actions}>{differ}</div>
        </>
      )}
      {state.role === 'known' && state.isConfirmed && <p role="status">{confirmed}</p>}
      {state.role === 'known' && !state.isConfirmed && (
        <>
          <Switch label={say.mayLetIn} checked={mayLetIn} onChange={(event) => setMayLetIn(event.target.checked)} />
          <div className={css.actions}>
            <Button tone="primary" isLarge onClick={() => void linking.compare({ areEqual: true, mayLetIn })}>
              {say.same}
            </Button>
            {differ}
          </div>
        </>
      )}
    </Stage>
  )
}

const Linked = ({ isKnown }: { readonly isKnown: boolean }) => {
  const { linked: say } = useLinkingWords()
  return (
    <Stage title={isKnown ? say.onKnown : say.onNew}>
      <p>{isKnown ? say.onKnownText : say.onNewText}</p>
      <div className={css.actions}>
        <ButtonLink tone="primary" href={path.you()}>
          {say.devices}
        </ButtonLink>
        <ButtonLink href={path.groups()}>{say.groups}</ButtonLink>
      </div>
    </Stage>
  )
}
