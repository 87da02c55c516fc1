import { Screen } from '../../components/screen.tsx'

/** Being built. */
export const Home = () => (
  <Screen title="Home">
    <p />
  </Screen>
)
