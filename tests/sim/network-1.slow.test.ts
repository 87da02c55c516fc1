import { simulateNetwork } from './network/network.ts'

simulateNetwork(Array.from({ length: 125 }, (_, at) => 1000 + at))
