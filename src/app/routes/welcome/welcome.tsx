import { Screen } from '../../components/screen.tsx'

/** Being built. */
export const Welcome = () => (
  <Screen title="Welcome">
    <p />
  </Screen>
)
