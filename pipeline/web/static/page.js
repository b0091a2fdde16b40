// Comfort only: without it every form and link works. Drop anywhere, copy a card, say that work is under way.
"use strict";
(() => {
  const form = document.querySelector("form.intake");
  if (form) {
    const files = form.querySelector("input[type=file]");
    const button = form.querySelector("button[type=submit]");
    const trouble = form.querySelector(".trouble");
    const limit = Number(form.dataset.most) * 1024 * 1024;
    const label = button.textContent;
    form.addEventListener("submit", (event) => {
      const size = [...files.files].reduce((sum, file) => sum + file.size, form.elements.text.value.length);
      trouble.hidden = size <= limit;
      if (size > limit) {
        trouble.textContent = form.dataset.large;
        event.preventDefault();
        return;
      }
      button.textContent = form.dataset.working;
      button.setAttribute("aria-busy", "true");
    });
    addEventListener("pageshow", () => {
      button.textContent = label;
      button.removeAttribute("aria-busy");
    });
    addEventListener("dragover", (event) => {
      if (![...event.dataTransfer.types].includes("Files")) return;
      event.preventDefault();
      document.body.classList.add("dragging");
    });
    addEventListener("dragleave", (event) => {
      if (!event.relatedTarget) document.body.classList.remove("dragging");
    });
    addEventListener("drop", (event) => {
      document.body.classList.remove("dragging");
      if (!event.dataTransfer.files.length) return;
      event.preventDefault();
      files.files = event.dataTransfer.files;
      form.requestSubmit();
    });
  }
  for (const button of document.querySelectorAll("button.copy")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset.text);
      const before = button.firstChild.textContent;
      button.firstChild.textContent = button.dataset.copied;
      setTimeout(() => { button.firstChild.textContent = before; }, 1500);
    });
  }
})();
