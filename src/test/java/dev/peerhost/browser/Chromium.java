package dev.peerhost.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * A real headless Chromium with a window on one page, in a profile of its own. Closing it fails the test when the page had
 * an uncaught error or wrote one to its console.
 */
public final class Chromium implements AutoCloseable {

    /** How long an event may take before a test gives up: many times what it takes. */
    public static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ChromeDriver driver;
    private boolean expectsErrors;

    private Chromium(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Opens a window at a URL. */
    public static Chromium open(String url) {
        ChromeOptions options = new ChromeOptions();
        options.setBinary("/usr/bin/chromium");
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--window-size=1000,900");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(new java.io.File("/usr/bin/chromedriver"))
                .withSilent(true)
                .build();
        Chromium chromium = new Chromium(new ChromeDriver(service, options));
        chromium.driver.get(url);
        return chromium;
    }

    /** For what is not here. */
    public ChromeDriver driver() {
        return driver;
    }

    /** The element with this id. */
    public WebElement id(String id) {
        return driver.findElement(By.id(id));
    }

    /** All elements that a CSS selector finds. */
    public List<WebElement> all(String selector) {
        return driver.findElements(By.cssSelector(selector));
    }

    /** Clicks the element with this id once it is enabled. */
    public void click(String id) {
        await(browser -> browser.findElement(By.id(id)).isEnabled());
        id(id).click();
    }

    /** Replaces what stands in a field. */
    public void type(String id, String text) {
        WebElement field = id(id);
        field.clear();
        field.sendKeys(text);
    }

    /** Puts a text of any size into a field at once, as a paste does. */
    public void paste(String id, String text) {
        driver.executeScript(
                "const e = document.getElementById(arguments[0]); e.value = arguments[1];"
                        + "e.dispatchEvent(new Event('input', { bubbles: true }))",
                id,
                text);
    }

    /** The value of a field. */
    public String value(String id) {
        return String.valueOf(id(id).getDomProperty("value"));
    }

    /** Waits until something is so; elements that a page has replaced meanwhile are looked up again. */
    public <T> T await(Function<WebDriver, T> condition) {
        return new WebDriverWait(driver, PATIENCE, Duration.ofMillis(25))
                .ignoring(StaleElementReferenceException.class)
                .until(condition);
    }

    /** Waits until an element shows a text. */
    public void awaitText(By element, String text) {
        await(browser -> browser.findElement(element).getText().contains(text));
    }

    /** Waits until a CSS selector finds this many elements. */
    public void awaitCount(String selector, int count) {
        await(browser -> browser.findElements(By.cssSelector(selector)).size() == count);
    }

    /** Waits until {@code #state} shows this connection state. */
    public void awaitState(String state) {
        awaitCount("#state[data-state=" + state + "]", 1);
    }

    /** For tests that provoke errors in the page: closing does not look at the console. */
    public void expectErrors() {
        expectsErrors = true;
    }

    /** Its first process; what runs the pages are descendants of it. */
    public ProcessHandle process() {
        long pid = ((Number) driver.getCapabilities().getCapability("goog:processID")).longValue();
        return ProcessHandle.of(pid).orElseThrow();
    }

    /** Ends the browser as a crash does (SIGKILL): no page says goodbye. {@link #close} is not called after this. */
    public void kill() {
        assertThat(process().destroyForcibly()).as("SIGKILL was sent").isTrue();
        driver.quit();
    }

    @Override
    public void close() {
        try {
            if (!expectsErrors) {
                assertThat(driver.manage().logs().get(LogType.BROWSER).getAll())
                        .as("errors in the console of %s", driver.getCurrentUrl())
                        .filteredOn(entry -> entry.getLevel().intValue() >= Level.SEVERE.intValue())
                        .isEmpty();
            }
        } finally {
            driver.quit();
        }
    }
}
