import { simulateNetwork } from './network/network.ts'

/**
 * Seeds that found something: 36, that entries which came while two compared were in nobody's list; 7, that who gets the rest by another
 * way than from a peer never hears that it has become the same; 24, that what a tab left undone that was killed beside another stayed so.
 */
simulateNetwork([7, 24, 36])
