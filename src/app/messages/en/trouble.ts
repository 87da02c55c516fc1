import type { Failure } from '../../../sdk/index.ts'

type Code = Failure['code']

/** What to say when something failed, by the failure's code or its first half; anything else gets `other`. */
export const trouble = () => ({
  title: 'This did not work',
  code: (code: string) => `Code for a report: ${code}`,
  again: 'Try again',
  reload: 'Reload the page',
  exportAll: 'Export everything',
  screen: {
    title: 'This screen stumbled',
    text: 'Your things are safe. Try again, or go home and come back.',
  },
  other: 'Something did not work. Your things are safe. Reload the page and try again.',
  sentences: {
    'store/unavailable':
      'This browser keeps nothing for Takibi here, as private windows do. Open Takibi in an ordinary window.',
    'store/newer':
      'Another tab or a newer Takibi has already tidied this store. Reload the page to get the newer Takibi.',
    'store/blocked': 'Takibi is open in another tab with an older version. Close the other tabs, then try again.',
    'store/full': 'This device is full. Nothing was lost. You can read and export; to write, free some space.',
    'store/corrupt': 'One row of the store is damaged. The rest works. Settings, Storage, Check tells which one.',
    'store/closed': 'The store was closed. Reload the page.',
    'store/failed': 'The store did not answer as it should. Try again; if it stays so, export what you have.',
    'host/no-web-locks':
      'This browser is too old to keep two tabs from writing over each other. Update it, or use another one.',
    'host/insecure-page': 'This page came without HTTPS, so the browser gives it no keys. Open it by https:// instead.',
    'host/worker-failed': 'A part of Takibi did not start. Reload the page; if it stays so, its files are incomplete.',
    'call/lost': 'The part that stores stopped. Reload the page; what was stored is still there.',
    'signer/gone':
      'The key of this browser is gone. You can read and export everything; to go on writing, import it in another browser.',
    'signer/no-words': 'This device holds no recovery words. They are on your paper only.',
    'signer/paper-damaged': 'The recovery words cannot be read on this device any more. Type them from your paper.',
    'invite/refused': 'Only keepers invite. Ask one of them.',
    'group/change-refused':
      'This cannot be changed from here: a right is missing, nobody would keep the group, or you left it once before. Ask a keeper.',
    'signer/unavailable': 'The part that signs did not start. Reload the page.',
    'call/aborted': 'Stopped, as asked. What was stored before stays.',
  } as Readonly<Partial<Record<Code, string>>>,
  readOnly: 'This device is full: you can read and export, but not add.',
  makeRoom: 'See storage',
  keyGone: 'The key of this browser is gone: you can read and export, but not add or change.',
})
