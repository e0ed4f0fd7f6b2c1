/** Guards by shape instead of `instanceof`: a node may belong to another realm than this script. */

export function isInput(element: Element): element is HTMLInputElement {
  return element.localName === 'input' && 'selectionStart' in element;
}

export function isShadowRoot(node: Node): node is ShadowRoot {
  return node.nodeType === 11 && 'host' in node;
}

/** The parent as a person sees it: out of a shadow tree, that is its host. */
export function parentOf(node: Element): Element | undefined {
  if (node.parentElement) return node.parentElement;
  const root = node.getRootNode();
  return isShadowRoot(root) ? root.host : undefined;
}
