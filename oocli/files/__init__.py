"""Files and folders of a portal: remote paths, folder trees and transfers."""
