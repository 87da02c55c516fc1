import { Screen } from '../../components/screen.tsx'

/** Being built. */
export const ThingScreen = () => (
  <Screen title="Thing">
    <p />
  </Screen>
)
