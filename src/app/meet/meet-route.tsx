import { useMemo } from 'react'
import { useParams } from 'wouter'
import { meetingsOf } from '../../sdk/meet.ts'
import { useNode } from '../../sdk/react/index.ts'
import { CodeLink } from './code-link.tsx'
import { MeetScreen } from './meet-screen.tsx'

/** `#/meet`, and `#/meet/<code>` where a link leads. */
export const MeetRoute = () => {
  const node = useNode()
  const { begin, passOn } = useMemo(() => meetingsOf(node), [node])
  const { code } = useParams<{ readonly code?: string }>()
  const screen = <MeetScreen begin={begin} code={code} />
  if (code === undefined) return screen
  return (
    <CodeLink code={code} passOn={passOn}>
      {screen}
    </CodeLink>
  )
}
