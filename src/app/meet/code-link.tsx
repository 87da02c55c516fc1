import { type ReactNode, useEffect, useState } from 'react'
import type { Meetings } from '../../sdk/meet.ts'
import { Button, ButtonLink } from '../components/button.tsx'
import { Screen } from '../components/screen.tsx'
import { useMessages } from '../messages/messages.tsx'
import { path } from '../paths.ts'
import { type SayFailure, useMeetFailure } from './meet-screen.tsx'
import css from './meet.module.css'

/**
 * Where the link with a code leads. Where another tab has a meeting, the code belongs there: it is passed on, and this tab is done. Otherwise
 * it is the first of the two codes, and the meeting is here.
 *
 * @param passOn brings the code to the other tab (`Meetings`)
 * @param children what stands here where no other tab takes the code
 */
export const CodeLink = ({
  code,
  passOn,
  sayFailure,
  children,
}: {
  readonly code: string
  readonly passOn: Meetings['passOn']
  readonly sayFailure?: SayFailure
  readonly children: ReactNode
}) => {
  const { tab: say, done } = useMessages().meet
  const meetFailure = useMeetFailure()
  const failure = sayFailure ?? meetFailure
  const [answer, setAnswer] = useState<Awaited<ReturnType<Meetings['passOn']>> | 'none'>()
  useEffect(() => {
    let isCurrent = true
    const pass = async (): Promise<void> => {
      const passed = await passOn(code)
      if (!isCurrent) return
      setAnswer(passed ?? 'none')
      // Only a tab that a script opened may close itself; elsewhere its person does.
      if (passed?.ok) close()
    }
    void pass()
    return () => {
      isCurrent = false
    }
  }, [code, passOn])

  if (answer === 'none') return children
  if (answer === undefined)
    return (
      <p role="status" className="visually-hidden">
        {say.looking}
      </p>
    )
  return (
    <Screen title={say.title} width="narrow">
      <section className={css.card}>
        <p role="status">{answer.ok ? say.text : `${say.refused} ${failure(answer.error)}`}</p>
        <div className={css.actions}>
          {answer.ok ? (
            <Button onClick={() => close()}>{say.close}</Button>
          ) : (
            <ButtonLink href={path.home()}>{done}</ButtonLink>
          )}
        </div>
      </section>
    </Screen>
  )
}
