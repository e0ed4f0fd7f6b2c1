/**
 * The origins of the frames around this one, innermost first. `undefined` where the browser does
 * not tell, and then nobody may assume anything about them.
 */
export function ancestorOrigins(window: Window): string[] | undefined {
  if (window.parent === window) return [];
  const { ancestorOrigins: origins } = window.location;
  return origins ? [...origins] : undefined;
}
