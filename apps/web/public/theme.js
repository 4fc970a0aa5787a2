// Before the first paint, so that the page does not flash in the other theme. A file: inline scripts are not allowed.
(() => {
  try {
    const theme = localStorage.getItem('domainflow.theme');
    if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
  } catch {
    // Storage is closed to us: the system's theme it is.
  }
})();
