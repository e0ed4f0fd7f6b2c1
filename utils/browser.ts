/**
 * The extension API for the background, the popup and the manager. Content scripts take WXT's
 * `browser` instead, which costs them nothing.
 */
export { default as browser } from 'webextension-polyfill';
export type { Permissions, Runtime, Tabs } from 'webextension-polyfill';
