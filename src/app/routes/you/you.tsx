import { Screen } from '../../components/screen.tsx'

/** Being built. */
export const You = () => (
  <Screen title="You">
    <p />
  </Screen>
)
