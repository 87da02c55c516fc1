import { Screen } from '../../components/screen.tsx'

/** Being built. */
export const Settings = () => (
  <Screen title="Settings">
    <p />
  </Screen>
)
