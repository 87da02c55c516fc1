/**
 * Some browsers, and Node before 20.4, lack the symbols behind `using`; a method named by them would then be called "undefined".
 * Every host imports this file first.
 */
;(Symbol as { dispose?: symbol }).dispose ??= Symbol.for('Symbol.dispose')
;(Symbol as { asyncDispose?: symbol }).asyncDispose ??= Symbol.for('Symbol.asyncDispose')
