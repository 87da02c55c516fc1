/** Which of the recovery words somebody is asked for, counted from 1: enough to see that they have them before them. */
export const confirmedPlaces: readonly number[] = [3, 7, 11]
