import type { Log } from '../../../ports/log.ts'

/** What is written: each level with those after it. */
export const logLevels = ['debug', 'info', 'warn'] as const
export type LogLevel = (typeof logLevels)[number]

/** The engine's log, and what a node says of its own life. */
export interface NodeLog extends Log {
  readonly info: Log['warn']
}

const plain = (_: string, value: unknown): unknown =>
  typeof value === 'bigint' ? String(value) : value instanceof Error ? value.message : value

/** One JSON object a line: time, level, message, and what belongs to it. Never a secret, never a field value, never an address. */
export function jsonLog(write: (line: string) => void, least: LogLevel): NodeLog {
  const at =
    (level: LogLevel): Log['warn'] =>
    (text, about) => {
      if (logLevels.indexOf(level) < logLevels.indexOf(least)) return
      write(JSON.stringify({ time: new Date().toISOString(), level, message: text, ...about }, plain))
    }
  return { debug: at('debug'), info: at('info'), warn: at('warn') }
}
