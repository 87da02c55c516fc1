import { useMemo, useState } from 'react'
import { useParams } from 'wouter'
import { deviceMeetingsOf } from '../../../sdk/meet.ts'
import { useNode, usePerson } from '../../../sdk/react/index.ts'
import { CodeLink } from '../../meet/code-link.tsx'
import { MeetScreen, type SayFailure, useMeetFailure } from '../../meet/meet-screen.tsx'
import { useLinkingWords } from '../../messages/linking.ts'
import { useMessages } from '../../messages/messages.tsx'
import { path } from '../../paths.ts'
import { Ceremony } from './ceremony.tsx'
import { WordsFirst } from './words-first.tsx'

/**
 * `#/link`, and `#/link/<code>` where a link leads: this device becomes one of somebody who has another, or, where it is somebody's already, another one
 * becomes theirs. Which of the two, nobody has to say.
 */
export const LinkRoute = () => {
  const { status, person } = usePerson()
  // What it is at first it stays: while a device is linked, it becomes somebody's.
  const [isKnown, setIsKnown] = useState<boolean>()
  if (isKnown === undefined && status !== 'loading') setIsKnown(person !== undefined)
  const [isWithoutWords, setIsWithoutWords] = useState(false)
  if (isKnown === undefined) return null
  if (isKnown && person?.hasWords === true && !isWithoutWords)
    return <WordsFirst onWithout={() => setIsWithoutWords(true)} />
  return <Link isKnown={isKnown} isWithoutWords={isWithoutWords} />
}

const Link = ({ isKnown, isWithoutWords }: { readonly isKnown: boolean; readonly isWithoutWords: boolean }) => {
  const node = useNode()
  const { begin: asking } = useMessages().meet
  const words = useLinkingWords()
  const meetings = useMemo(() => deviceMeetingsOf(node), [node])
  const { code } = useParams<{ readonly code?: string }>()
  const sayFailure = useLinkFailure()
  const side = isKnown ? words.known : words.newDevice
  const screen = (
    <MeetScreen
      begin={() => (isKnown ? meetings.beginKnown(isWithoutWords) : meetings.beginNew())}
      code={code}
      back={path.you()}
      words={{ ...side, title: words.title, why: asking.why }}
      sayFailure={sayFailure}
      renderAfterwards={(again) => <Ceremony isKnown={isKnown} sayFailure={sayFailure} onAgain={again} />}
    />
  )
  if (code === undefined) return screen
  return (
    <CodeLink code={code} passOn={meetings.passOn} sayFailure={sayFailure}>
      {screen}
    </CodeLink>
  )
}

/** What is said of a failure here; else as where people meet. */
const useLinkFailure = (): SayFailure => {
  const { failures } = useLinkingWords()
  const meetFailure = useMeetFailure()
  return (failure) => failures[failure.code] ?? meetFailure(failure)
}
