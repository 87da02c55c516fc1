/**
 * Meeting by code, for the app: two devices connect directly by what they show each other. A file of its own, so that its code is loaded
 * only where somebody meets.
 */
export { startMeet, type Meet, type MeetOptions, type MeetState, type ShownCode } from '../hosts/page/meet.ts'
export { passCodeOn } from '../hosts/page/meet-tabs.ts'
