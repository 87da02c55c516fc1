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
  return code === undefined ? <MeetScreen begin={begin} /> : <CodeLink code={code} begin={begin} passOn={passOn} />
}
