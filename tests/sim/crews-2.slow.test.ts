import { simulateCrews } from './crews/crews.ts'

simulateCrews(Array.from({ length: 60 }, (_, at) => 1000 + at))
